import { onTestFinished } from 'vitest';
import { createCacheStore } from '#sources/transport/cache/cache-store.ts';
import { createTransport } from '#sources/transport/create-transport.ts';
import type { Scope } from '#sources/transport/scope.ts';
import { Ledger } from '#sources/transport/scope.ts';
import type { Transport } from '#sources/transport/transport.ts';
import type { TransportOptions } from '#sources/transport/transport-options.ts';
import type { Freshness, UpstreamCall } from '#sources/transport/upstream-call.ts';

export const SECRET = `sk_live_${'0'.repeat(64)}`;

export const transportTo = (baseUrl: string, more: Partial<TransportOptions> = {}): Transport => {
  const transport = createTransport({
    source: 'cloud',
    baseUrl,
    headers: { 'x-api-key': SECRET },
    fingerprint: 'one',
    cache: createCacheStore({ maxBytes: 10_000_000 }),
    budget: { rate: { kind: 'fixedWindow', limit: 1000, windowSeconds: 60 } },
    retry: { retries: 2, firstDelayMs: 1, longestDelayMs: 5 },
    ...more,
  });
  onTestFinished(() => transport.close());
  return transport;
};

let operations = 0;

export const scopeOf = (more: Partial<Scope> = {}): Scope => {
  operations += 1;
  return {
    operation: `operation-${operations}`,
    priority: 'interactive',
    deadlineAt: Date.now() + 10_000,
    bypassCache: false,
    ledger: new Ledger(),
    ...more,
  };
};

const UNCACHED: Freshness = { freshMs: 0, staleMs: 0 };

export const get = (path: string, freshness: Freshness = UNCACHED): UpstreamCall<unknown> => ({
  endpoint: '/things/{id}',
  path,
  parse: (body) => body,
  freshness,
});

/** The error a promise fails with; fails itself when it does not. */
export const failureOf = async (
  promise: Promise<unknown>,
): Promise<Error & { code?: string; details?: Record<string, unknown> }> => {
  try {
    await promise;
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error('Expected a failure.');
};
