import type { Scope } from './scope.ts';

/** One GET of an upstream: everything that is sent, how to read the answer, and how long the answer may be reused. */
export interface UpstreamCall<T> {
  /** Path template for budgets, logs and metrics, e.g. `/resources/{id}`; never holds an id. */
  readonly endpoint: string;
  /** Path relative to the source's base URL, each segment percent-encoded. */
  readonly path: string;
  /** Sent in this order; a key may repeat. */
  readonly query?: readonly (readonly [key: string, value: string])[];
  /**
   * Turns the decoded JSON into our model. Runs once per upstream answer; the value is shared between callers, so it must not
   * be changed afterwards.
   * @throws UpstreamError with UPSTREAM_INVALID_RESPONSE when the shape cannot be understood.
   */
  readonly parse: (body: unknown) => T;
  readonly freshness: Freshness;
  /** False for what is answered to anybody, so that an answer does not show whether the key is good. Default true. */
  readonly needsKey?: boolean;
  /** Records of the answer that may answer later questions by id, through {@link Transport.records}. Runs once per answer. */
  readonly remember?: (value: T) => Iterable<RememberedRecord>;
  /** Called once for every new answer, with the time (epoch milliseconds) it was given; null: there is no such object (404). */
  readonly onAnswer?: (value: T | null, givenAt: number) => void;
}

export interface RememberedRecord {
  /** Names a kind of record within the source, e.g. `resource`. */
  readonly type: string;
  readonly id: string;
  readonly record: unknown;
}

export interface Freshness {
  /** Served without asking for this long. */
  readonly freshMs: number;
  /** Served, marked as stale, for this much longer when asking fails or must wait. */
  readonly staleMs: number;
  /** For this much of `staleMs` the old answer is served at once, marked as stale, while a new one is fetched. Default 0. */
  readonly revalidateMs?: number;
  /**
   * Version of the data behind the answer, where the upstream has one: an answer stays fresh only while it is unchanged.
   * May itself cost a (cached) call. `null`: unknown, time alone decides.
   */
  readonly version?: (scope: Scope) => Promise<string | null>;
  /** The version as last learned, without asking; undefined when never learned. Used where `version` fails or must not ask. */
  readonly knownVersion?: () => string | null | undefined;
}

/** A stream of server-sent events whose data is JSON. */
export interface StreamCall {
  readonly endpoint: string;
  readonly path: string;
}
