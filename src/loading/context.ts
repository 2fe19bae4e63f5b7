import { getOrMake } from '#lib/get-or-make.ts';
import type { SourceSet } from '#sources/source-set.ts';
import type { Clock } from '#sources/transport/clock.ts';
import type { Scope } from '#sources/transport/scope.ts';
import type { LiveFeeds } from '#subscriptions/live-feeds.ts';
import type { ViewerWatches } from '#watches/viewer-watches.ts';

/** What lives as long as one request. Everything else a resolver needs hangs on it through {@link perRequest}. */
export interface RequestContext {
  readonly sources: SourceSet;
  readonly scope: Scope;
  readonly clock: Clock;
  /** Feeds of scans and discoveries for subscriptions; shared by all requests. */
  readonly live: LiveFeeds;
  /** The watched questions of the caller. */
  readonly watches: ViewerWatches;
  /** Errors beside data: a source left out of a list, rows that could not be read. Added to the answer's `errors`. */
  readonly problems: FieldProblem[];
}

export interface FieldProblem {
  readonly error: unknown;
  /** Response path of the field whose answer is incomplete. */
  readonly path: readonly (string | number)[];
}

/** A value made once per request, on first use: `const hostById = perRequest((ctx) => new DataLoader(…))`. */
export const perRequest = <T>(make: (context: RequestContext) => T): ((context: RequestContext) => T) => {
  const made = new WeakMap<RequestContext, T>();
  return (context) => getOrMake(made, context, () => make(context));
};
