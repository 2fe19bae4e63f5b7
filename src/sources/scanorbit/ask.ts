import type { Scope } from '../transport/scope.ts';
import type { Transport } from '../transport/transport.ts';
import type { UpstreamCall } from '../transport/upstream-call.ts';
import { type Edition, editionOf } from './edition.ts';
import { holdsMissedRows } from './severity-case.ts';

export type Ask = <T>(call: UpstreamCall<T>, scope: Scope) => Promise<T>;

interface Inspectors {
  /** Told whenever an answer tells the server's edition. */
  readonly onEdition: (edition: Edition) => void;
  /** Told whenever an answer holds a row that the filter by severity misses. */
  readonly onMissedRows: () => void;
}

/** Asks through `transport`, and looks at every answer that is read. */
export const createAsk =
  (transport: Transport, { onEdition, onMissedRows }: Inspectors): Ask =>
  (call, scope) => {
    const parse = (body: unknown) => {
      const edition = editionOf(call.endpoint, body);
      if (edition) onEdition(edition);
      if (holdsMissedRows(call.endpoint, body)) onMissedRows();
      return call.parse(body);
    };
    return transport.request({ ...call, parse }, scope);
  };
