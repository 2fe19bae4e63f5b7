import { UpstreamError } from '#lib/gateway-error.ts';
import type { ScanopyVersion } from '../network-client.ts';
import { isNotHere } from '../transport/not-here-error.ts';
import { pastCache } from '../transport/past-cache.ts';
import type { Scope } from '../transport/scope.ts';
import type { RecordView, Transport } from '../transport/transport.ts';
import type { Freshness, RememberedRecord, UpstreamCall } from '../transport/upstream-call.ts';
import { type Dialect, dialectOf, EVERY_DIALECT } from './dialect.ts';
import { TARGET_VERSION } from './version.ts';
import { readVersionAnswer, serverVersionOf } from './wire-envelope.ts';
import { Reading } from './wire-rows.ts';

type Query = readonly (readonly [key: string, value: string])[];

/** A question in the words of one dialect. */
export interface Question<T> {
  readonly path: string;
  /** Path template where the path holds an id. @default path */
  readonly endpoint?: string;
  readonly query?: Query;
  readonly freshness: Freshness;
  /** @default true */
  readonly needsKey?: boolean;
  /** Reads the answer, whose words are those of the version that gave it. */
  readonly read: (body: unknown, reading: Reading) => T;
  /** Records of the answer that may answer later questions by id; they are in our words, whoever gave them. */
  readonly remember?: (value: T) => Iterable<RememberedRecord>;
}

/** The same question for every dialect. */
export type Ask<T> = (dialect: Dialect) => Question<T>;

/** An answer that says which version gave it; null where it does not. */
interface Answer<T> {
  readonly value: T;
  readonly serverVersion: string | null;
}

export interface SpeakerOptions {
  readonly transport: Transport;
  /** Called once for every upstream answer that held rows this client could not understand. */
  readonly onInvalidRows: (endpoint: string, count: number) => void;
}

const VERSION_FRESHNESS: Freshness = { freshMs: 60_000, staleMs: 0 };

/**
 * Asks in the words of whatever version the server runs now. An answer given by a version that would have been asked differently
 * is thrown away and the question is asked again, once: a server may be upgraded between any two calls.
 */
export class Speaker {
  readonly #transport: Transport;
  readonly #onInvalidRows: SpeakerOptions['onInvalidRows'];
  #last: Dialect | null = null;

  constructor({ transport, onInvalidRows }: SpeakerOptions) {
    this.#transport = transport;
    this.#onInvalidRows = onInvalidRows;
  }

  /** As told by the newest answer. */
  get last(): ScanopyVersion | null {
    return this.#last?.version ?? null;
  }

  /** Records that answers brought along, by the name they are remembered under. */
  records<R>(type: string): RecordView<R> {
    return this.#transport.records<R>(type);
  }

  async dialect(scope: Scope): Promise<Dialect> {
    return this.#last ?? (await this.#detect(scope));
  }

  /** @throws UpstreamError; UPSTREAM_UNAVAILABLE when the version changed again while being asked again. */
  async ask<T>(ask: Ask<T>, scope: Scope): Promise<T> {
    const dialect = this.#last ?? (isCommonToAll(ask) ? dialectOf(TARGET_VERSION) : await this.#detect(scope));
    const first = await this.#attempt(ask, dialect, scope);
    if (first.fits) return first.value;
    const again = await this.#attempt(ask, first.answered, first.sameWords ? pastCache(scope) : scope);
    if (again.fits) return again.value;
    throw new UpstreamError(
      'UPSTREAM_UNAVAILABLE',
      this.#transport.source,
      `The source "${this.#transport.source}" changed its version while it was asked; it is probably being upgraded.`,
    );
  }

  async #attempt<T>(
    ask: Ask<T>,
    dialect: Dialect,
    scope: Scope,
  ): Promise<{ fits: true; value: T } | { fits: false; answered: Dialect; sameWords: boolean }> {
    const question = ask(dialect);
    try {
      const { value, serverVersion } = await this.#transport.request(this.#call(question, dialect), scope);
      if (serverVersion === null || sameWords(question, ask(dialectOf(serverVersion)))) return { fits: true, value };
    } catch (error) {
      if (!isNotHere(error) || isCommonToAll(ask)) throw error;
      const now = await this.#detect(pastCache(scope));
      if (sameWords(question, ask(now))) throw error;
    }
    // A cached answer of a version that is gone does not change what is known of the server.
    const answered = this.#last ?? dialect;
    return { fits: false, answered, sameWords: sameWords(question, ask(answered)) };
  }

  #call<T>(question: Question<T>, asked: Dialect): UpstreamCall<Answer<T>> {
    const { path, endpoint = path, query = [], freshness, needsKey = true, remember } = question;
    return {
      ...(remember && { remember: ({ value }) => remember(value) }),
      endpoint,
      path,
      query,
      freshness,
      needsKey,
      parse: (body) => {
        const serverVersion = serverVersionOf(body);
        if (serverVersion !== null) this.#note(serverVersion);
        const spoken = serverVersion === null ? asked : dialectOf(serverVersion);
        const reading = new Reading(this.#transport.source, spoken.adapter);
        const value = question.read(body, reading);
        if (reading.invalid > 0) this.#onInvalidRows(endpoint, reading.invalid);
        return { value, serverVersion };
      },
    };
  }

  #note(serverVersion: string): void {
    if (this.#last?.version.serverVersion !== serverVersion) this.#last = dialectOf(serverVersion);
  }

  async #detect(scope: Scope): Promise<Dialect> {
    const question: Question<string> = {
      path: '/api/version',
      freshness: VERSION_FRESHNESS,
      needsKey: false,
      read: readVersionAnswer,
    };
    const { value } = await this.#transport.request(this.#call(question, dialectOf(TARGET_VERSION)), scope);
    this.#note(value);
    return dialectOf(value);
  }
}

type Words = Pick<Question<unknown>, 'path' | 'query'>;

const sameWords = (one: Words, other: Words): boolean =>
  one.path === other.path && JSON.stringify(one.query ?? []) === JSON.stringify(other.query ?? []);

/** Whether every version is asked in the same words, so that no version needs to be known. */
const isCommonToAll = (ask: (dialect: Dialect) => Words): boolean => {
  const [first, ...rest] = EVERY_DIALECT.map(ask);
  return first !== undefined && rest.every((question) => sameWords(first, question));
};
