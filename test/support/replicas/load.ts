import { setTimeout as delay } from 'node:timers/promises';
import type { GatewayProcesses } from './gateway-processes.ts';

export interface Tally {
  operations: number;
  answered: number;
  /** By error code. */
  readonly errors: Map<string, number>;
  /** Requests that got no GraphQL answer at all. */
  unreachable: number;
}

const QUERY =
  'query ($id: ID!) { node(id: $id) { ... on Resource { name dependencies(first: 5) { totalCount } findings(first: 5) { totalCount } } } }';

/** Clients that query ever new resources of one gateway until `signal` aborts; what they got is in the tally. */
export const load = (
  { urls, nextResource }: GatewayProcesses,
  clientsEach: number,
  signal: AbortSignal,
): { readonly tallies: readonly Tally[]; readonly done: Promise<void> } => {
  const tallies = urls.map((): Tally => ({ operations: 0, answered: 0, errors: new Map(), unreachable: 0 }));
  const clients = urls.flatMap((url, i) =>
    Array.from({ length: clientsEach }, async () => {
      const tally = tallies[i];
      while (tally && !signal.aborted) await askOnce(url, nextResource(), tally, signal);
    }),
  );
  return { tallies, done: Promise.all(clients).then(() => undefined) };
};

const askOnce = async (url: string, id: string, tally: Tally, signal: AbortSignal): Promise<void> => {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: QUERY, variables: { id } }),
      signal,
    });
    const { errors = [] } = (await response.json()) as {
      errors?: { extensions: { code: string; phase?: string } }[];
    };
    tally.operations += 1;
    if (errors.length === 0) tally.answered += 1;
    for (const { extensions } of errors.slice(0, 1)) {
      const { code, phase } = extensions;
      const told = phase ? `${code} (${phase})` : code;
      tally.errors.set(told, (tally.errors.get(told) ?? 0) + 1);
    }
    // As a client would after an error that says when to come back.
    if (errors.length > 0) await delay(200);
  } catch {
    if (signal.aborted) return;
    tally.unreachable += 1;
    await delay(200);
  }
};

interface Counted {
  readonly at: number;
  readonly status: number;
}

/** Requests in each fixed window as the upstream counts: one opens with the first request after the last one's end. */
export const windowsOf = (calls: readonly Counted[], windowMs: number): readonly number[] => {
  const counts: number[] = [];
  let endsAt = Number.NEGATIVE_INFINITY;
  for (const { at } of [...calls].sort((a, b) => a.at - b.at)) {
    if (at >= endsAt) {
      endsAt = at + windowMs;
      counts.push(0);
    }
    counts[counts.length - 1] = (counts.at(-1) ?? 0) + 1;
  }
  return counts;
};

/** The most requests in any stretch of `windowMs`, wherever it begins. */
export const mostInAnyStretch = (calls: readonly Counted[], windowMs: number): number => {
  const times = calls.map(({ at }) => at).sort((a, b) => a - b);
  let first = 0;
  let most = 0;
  for (const [i, at] of times.entries()) {
    while ((times[first] ?? at) <= at - windowMs) first += 1;
    most = Math.max(most, i - first + 1);
  }
  return most;
};
