import type { Scope } from '../transport/scope.ts';
import type { Transport } from '../transport/transport.ts';
import type { UpstreamCall } from '../transport/upstream-call.ts';
import { type Edition, editionOf } from './edition.ts';

export type Ask = <T>(call: UpstreamCall<T>, scope: Scope) => Promise<T>;

/** Asks through `transport`, and lets `onEdition` know whenever an answer tells the server's edition. */
export const createAsk =
  (transport: Transport, onEdition: (edition: Edition) => void): Ask =>
  (call, scope) => {
    const parse = (body: unknown) => {
      const edition = editionOf(call.endpoint, body);
      if (edition) onEdition(edition);
      return call.parse(body);
    };
    return transport.request({ ...call, parse }, scope);
  };
