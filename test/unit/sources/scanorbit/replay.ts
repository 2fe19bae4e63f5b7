import type { CloudClient } from '#sources/cloud-client.ts';
import type { InvalidRows } from '#sources/scanorbit/calls.ts';
import { createScanOrbitClient } from '#sources/scanorbit/create-client.ts';
import { isTransientFailure } from '#sources/scanorbit/index.ts';
import type { TransportOptions } from '#sources/transport/transport-options.ts';
import { transportTo } from '../../../support/transport/arrange.ts';
import { httpUpstream } from '../../../support/transport/http-upstream.ts';
import type { Exchange } from './exchanges.ts';

export interface Replay {
  readonly client: CloudClient;
  /** Paths with their queries, in the order of the requests. */
  readonly seen: readonly string[];
  readonly invalid: readonly InvalidRows[];
}

/** A client of a server that gives these answers, each to the request it is for, and 404 to anything else. */
export const replay = async (
  exchanges: readonly Exchange[],
  options: Partial<TransportOptions> = {},
): Promise<Replay> => {
  const invalid: InvalidRows[] = [];
  const upstream = await httpUpstream((request, response) => {
    const url = new URL(request.url ?? '/', 'http://upstream');
    const path = url.pathname.replace(/^\/api\/v1/, '');
    const answer = exchanges.find(
      (exchange) =>
        exchange.path === path &&
        Object.entries(exchange.query ?? {}).every(([key, value]) => url.searchParams.get(key) === value),
    ) ?? { status: 404, headers: { 'content-type': 'application/json' }, body: { error: 'Not found' } };
    response.writeHead(answer.status, answer.headers).end(JSON.stringify(answer.body));
  });
  const budget = { rate: { kind: 'fixedWindow', limit: 100, windowSeconds: 60 } } as const;
  const transport = transportTo(upstream.baseUrl, { isTransient: isTransientFailure, budget, ...options });
  const client = createScanOrbitClient({ transport, onInvalidRows: (report) => invalid.push(report) });
  return { client, seen: upstream.seen, invalid };
};
