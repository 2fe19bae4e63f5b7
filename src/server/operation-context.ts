import { randomUUID } from 'node:crypto';
import type { GatewayConfig } from '#config/config.ts';
import type { RequestContext } from '#loading/context.ts';
import type { Sources } from '#sources/create-sources.ts';
import type { Clock } from '#sources/transport/clock.ts';
import type { Scope } from '#sources/transport/scope.ts';
import { Ledger } from '#sources/transport/scope.ts';
import type { LiveFeeds } from '#subscriptions/live-feeds.ts';
import type { ViewerWatches } from '#watches/viewer-watches.ts';
import type { Exchange } from './answers/exchange.ts';
import type { Viewer } from './auth/viewer.ts';

/** What the HTTP layer hands to yoga: decided before the operation is parsed. */
export interface ServerContext {
  readonly viewer: Viewer;
  readonly requestId: string;
  readonly exchange: Exchange;
  /** Asked by the gateway itself, for nobody who waits: it may take long, and gets what others leave of the budget. */
  readonly isBackground?: boolean;
}

/** What is looked at of a request once it is read. */
export type AskedRequest = Pick<Request, 'method' | 'signal'> & { readonly headers: Pick<Headers, 'get'> };

/** Whether a caller wants nothing that was read before, and may want that. */
export const isBypass = ({ server }: GatewayConfig, cacheControl: string | null | undefined): boolean =>
  server.allowCacheBypass && /\bno-cache\b/i.test(cacheControl ?? '');

/** How long past its freshness an answer will do for a caller (`max-stale`: RFC 9111, section 5.2.1.2). */
const maxStaleMs = (cacheControl: string | null): number =>
  Number(/\bmax-stale=(\d{1,9})\b/i.exec(cacheControl ?? '')?.[1] ?? 0) * 1000;

export interface ContextDeps {
  readonly sources: Sources;
  readonly live: LiveFeeds;
  readonly watches: { of(viewer: Viewer): ViewerWatches };
  readonly clock: Clock;
}

/** Longest time that an operation of the gateway itself may take, most of it waiting for leftover budget. */
const BACKGROUND_MS = 10 * 60_000;
/** It is about what the index has read, however long ago. */
const BACKGROUND_STALE_MS = 24 * 60 * 60_000;

/** The context of one operation; its deadline starts now. */
export const operationContext =
  (config: GatewayConfig, { sources, live, watches, clock }: ContextDeps) =>
  ({ request, viewer, isBackground = false }: ServerContext & { readonly request: AskedRequest }): RequestContext => ({
    sources: sources.forViewer(viewer),
    scope: {
      // Not the request id, which callers may choose: equal ids would count as one operation, and share its answers as fresh.
      operation: randomUUID(),
      priority: isBackground ? 'index' : 'interactive',
      deadlineAt: clock.now() + (isBackground ? BACKGROUND_MS : config.limits.operationTimeoutMs),
      signal: request.signal,
      bypassCache: isBypass(config, request.headers.get('cache-control')),
      maxStaleMs: isBackground ? BACKGROUND_STALE_MS : maxStaleMs(request.headers.get('cache-control')),
      ledger: new Ledger(),
    },
    clock,
    live,
    watches: watches.of(viewer),
    problems: [],
  });

/** The scope for requests by which the gateway checks its own sources. */
export const probeScope = (operation: string, timeoutMs: number): Scope => ({
  operation,
  priority: 'interactive',
  deadlineAt: Date.now() + timeoutMs,
  bypassCache: false,
  ledger: new Ledger(),
});
