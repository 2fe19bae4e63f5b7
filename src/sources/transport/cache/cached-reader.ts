import { noteChange } from '#lib/change-count.ts';
import { UpstreamError } from '#lib/gateway-error.ts';
import type { Reply } from '../answer.ts';
import type { Clock } from '../clock.ts';
import type { Flight } from '../http/flight.ts';
import { pathOf, type Requester } from '../http/requester.ts';
import type { SingleFlight } from '../http/single-flight.ts';
import type { Scope } from '../scope.ts';
import type { CacheEvent } from '../transport-options.ts';
import type { UpstreamCall } from '../upstream-call.ts';
import { UpstreamStatusError, unusableAnswer } from '../upstream-errors.ts';
import { isFresh, lastKnownVersion, learnVersion, mayRevalidate, mayStandIn, type Version } from './cache-policy.ts';
import { type CacheStore, cacheKey, type StoredAnswer } from './cache-store.ts';
import type { RecordCache } from './record-cache.ts';
import type { SharedAnswers, SharedQuestion, SharedReply } from './shared-answers.ts';

export interface CachedReaderParts {
  readonly source: string;
  readonly namespace: string;
  readonly store: CacheStore;
  readonly records: RecordCache;
  readonly flights: SingleFlight;
  readonly requester: Requester;
  /** Null: every answer is this process's own. */
  readonly shared: SharedAnswers | null;
  readonly clock: Clock;
  /** How long a refresh that nobody waits for may take. */
  readonly refreshMs: number;
  readonly onEvent: (event: CacheEvent) => void;
}

/** Answers from the store where it may, and fills it. */
export class CachedReader {
  readonly #parts: CachedReaderParts;
  #revision = 0;

  constructor(parts: CachedReaderParts) {
    this.#parts = parts;
  }

  /** Changes with everything that came of a question: while it stays, what is in the cache is what was in it. */
  get revision(): number {
    return this.#revision;
  }

  async read<T>(call: UpstreamCall<T>, scope: Scope): Promise<T> {
    const key = this.#key(call);
    const version = await learnVersion(call.freshness, scope);
    const now = this.#parts.clock.now();
    const known = this.#parts.store.answers.get(key);
    const usable = known && (!scope.bypassCache || known.operation === scope.operation) ? known : undefined;
    if (usable && isFresh(usable, call.freshness, version, now)) {
      scope.ledger.cacheHits += 1;
      this.#countRead(usable, call, scope);
      this.#report(call, 'hit');
      return usable.value as T;
    }
    if (usable && mayRevalidate(usable, call.freshness, version, now)) {
      void this.#fetch(key, call, version, this.#unhurried(scope)).catch(() => undefined);
      return this.#serveStale(call, usable, scope) as T;
    }
    return this.#fetchOrStandIn(key, call, version, scope);
  }

  peek<T>(call: UpstreamCall<T>): T | undefined {
    const known = this.#parts.store.answers.get(this.#key(call));
    if (!known || !isFresh(known, call.freshness, lastKnownVersion(call.freshness), this.#parts.clock.now()))
      return undefined;
    return known.value as T;
  }

  async #fetchOrStandIn<T>(key: string, call: UpstreamCall<T>, version: Version, scope: Scope): Promise<T> {
    const { answers } = this.#parts.store;
    try {
      const value = await this.#fetch(key, call, version, scope);
      const stored = answers.peek(key);
      if (stored) this.#countRead(stored, call, scope);
      else scope.ledger.countLive();
      return value;
    } catch (error) {
      scope.ledger.countLive();
      if (error instanceof UpstreamStatusError) {
        answers.delete(key);
        this.#change();
      }
      const known = answers.get(key);
      if (!known || !mayStandIn(known, call.freshness, error, this.#parts.clock.now())) throw error;
      return this.#serveStale(call, known, scope) as T;
    }
  }

  #change(): void {
    this.#revision += 1;
    noteChange();
  }

  #fetch<T>(key: string, call: UpstreamCall<T>, version: Version, scope: Scope): Promise<T> {
    let outcome: CacheEvent['outcome'] = 'miss';
    const onJoined = () => {
      outcome = 'join';
      scope.ledger.joins += 1;
    };
    const fly = (flight: Flight) =>
      this.#fly(key, call, version, flight, !scope.bypassCache).finally(() => {
        this.#change();
      });
    const result = this.#parts.flights.join({ key, version, scope, fly, onJoined });
    this.#report(call, outcome);
    return result;
  }

  async #fly<T>(key: string, call: UpstreamCall<T>, version: Version, flight: Flight, mayRead: boolean): Promise<T> {
    const { store, records, clock } = this.#parts;
    const askedAt = clock.now();
    const { value, bytes, ageMs } = await this.#get(call, version, flight, mayRead).catch((error) => {
      if (error instanceof UpstreamStatusError && error.status === 404) call.onAnswer?.(null, clock.now());
      throw error;
    });
    const storedAt = clock.now() - (ageMs ?? 0);
    const answer: StoredAnswer = { value, storedAt, version, operation: flight.operation, bytes };
    const newer = store.answers.get(key);
    if (!newer || newer.storedAt <= askedAt) store.answers.set(key, answer);
    if (call.remember) records.remember([...call.remember(value)], answer, call.freshness);
    call.onAnswer?.(value, storedAt);
    return value;
  }

  /** From the upstream, or from another process. An answer of another process that cannot be read here is asked for anew. */
  async #get<T>(
    call: UpstreamCall<T>,
    version: Version,
    flight: Flight,
    mayRead: boolean,
  ): Promise<Omit<SharedReply, 'body'> & { readonly value: T }> {
    const { requester, shared } = this.#parts;
    const ask = (): Promise<Reply> => requester.ask(call, flight);
    const own = async () => {
      const { body, bytes } = await ask();
      return { value: this.#parse(call, body), bytes, ageMs: null };
    };
    const { freshMs } = call.freshness;
    if (!shared || freshMs <= 0) return own();
    const question: SharedQuestion = {
      path: pathOf(call),
      freshMs,
      version,
      mayRead,
      deadlineAt: () => flight.urgency.deadlineAt,
      inQueue: (wait) => flight.inQueue(wait),
    };
    const { body, bytes, ageMs } = await shared.through(question, ask);
    if (ageMs === null) return { value: this.#parse(call, body), bytes, ageMs };
    try {
      const value = this.#parse(call, body);
      this.#report(call, 'shared');
      return { value, bytes, ageMs };
    } catch {
      return own();
    }
  }

  #parse<T>(call: UpstreamCall<T>, body: unknown): T {
    try {
      return call.parse(body);
    } catch (error) {
      if (error instanceof UpstreamError) throw error;
      throw unusableAnswer(this.#parts.source, call.endpoint, 'its shape is not understood');
    }
  }

  #serveStale(call: { readonly endpoint: string }, { value, storedAt }: StoredAnswer, scope: Scope): unknown {
    scope.ledger.cacheHits += 1;
    const ageMs = this.#parts.clock.now() - storedAt;
    scope.ledger.countStale(ageMs);
    scope.ledger.countAge(ageMs);
    this.#report(call, 'stale');
    return value;
  }

  #countRead(
    { storedAt }: StoredAnswer,
    { freshness }: Pick<UpstreamCall<unknown>, 'freshness'>,
    { ledger }: Scope,
  ): void {
    ledger.countRead(storedAt + freshness.freshMs);
    ledger.countAge(this.#parts.clock.now() - storedAt);
  }

  #unhurried(scope: Scope): Scope {
    return { ...scope, signal: undefined, deadlineAt: this.#parts.clock.now() + this.#parts.refreshMs };
  }

  #report({ endpoint }: { readonly endpoint: string }, outcome: CacheEvent['outcome']): void {
    this.#parts.onEvent({ kind: 'cache', source: this.#parts.source, endpoint, outcome });
  }

  #key(call: Pick<UpstreamCall<unknown>, 'path' | 'query' | 'endpoint'>): string {
    return cacheKey(this.#parts.namespace, pathOf(call));
  }
}
