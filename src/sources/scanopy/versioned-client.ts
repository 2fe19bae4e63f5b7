import { UpstreamError } from '#lib/gateway-error.ts';
import type { ScanopyVersion } from '../network-client.ts';
import type { Scope } from '../transport/scope.ts';
import { pastCache } from '../transport/scope.ts';
import type { RecordView, Transport } from '../transport/transport.ts';
import type { Freshness, RememberedRecord, UpstreamCall } from '../transport/upstream-call.ts';
import { isNotHere } from '../transport/upstream-errors.ts';
import { type ApiVersion, apiVersionOf, EVERY_API_VERSION, TARGET_VERSION } from './api-version.ts';
import { Reading, readVersionAnswer, serverVersionOf } from './wire-answer.ts';

type Query = readonly (readonly [key: string, value: string])[];

/** A question as one API version expects it. */
export interface Question<T> {
  readonly path: string;
  /** Path template where the path holds an id. @default path */
  readonly endpoint?: string;
  readonly query?: Query;
  readonly freshness: Freshness;
  /** @default true */
  readonly needsKey?: boolean;
  /** Reads the answer, which has the form of the version that gave it. */
  readonly read: (body: unknown, reading: Reading) => T;
  /** Records of the answer that may answer later questions by id; they are our models, whichever version gave them. */
  readonly remember?: (value: T) => Iterable<RememberedRecord>;
}

/** The same question for every API version. */
export type Ask<T> = (apiVersion: ApiVersion) => Question<T>;

/** An answer that says which version gave it; null where it does not. */
interface Answer<T> {
  readonly value: T;
  readonly serverVersion: string | null;
}

export interface VersionedClientOptions {
  readonly transport: Transport;
  /** Called once for every upstream answer that held rows this client could not understand. */
  readonly onInvalidRows: (endpoint: string, count: number) => void;
}

const VERSION_FRESHNESS: Freshness = { freshMs: 60_000, staleMs: 0 };

/**
 * Asks as the version that the server runs now expects it. An answer given by a version that would have been asked differently
 * is thrown away and the question is asked again, once: a server may be upgraded between any two calls.
 */
export class VersionedClient {
  readonly #transport: Transport;
  readonly #onInvalidRows: VersionedClientOptions['onInvalidRows'];
  #last: ApiVersion | null = null;

  constructor({ transport, onInvalidRows }: VersionedClientOptions) {
    this.#transport = transport;
    this.#onInvalidRows = onInvalidRows;
  }

  /** As the newest answer says. */
  get last(): ScanopyVersion | null {
    return this.#last?.version ?? null;
  }

  /** Records that answers brought along, by the name they are remembered under. */
  records<R>(type: string): RecordView<R> {
    return this.#transport.records<R>(type);
  }

  async apiVersion(scope: Scope): Promise<ApiVersion> {
    return this.#last ?? (await this.#detect(scope));
  }

  /** @throws UpstreamError; UPSTREAM_UNAVAILABLE when the version changed again while being asked again. */
  async ask<T>(ask: Ask<T>, scope: Scope): Promise<T> {
    const apiVersion = this.#last ?? (isCommonToAll(ask) ? apiVersionOf(TARGET_VERSION) : await this.#detect(scope));
    const first = await this.#attempt(ask, apiVersion, scope);
    if (first.fits) return first.value;
    const again = await this.#attempt(ask, first.answered, first.isSameRequest ? pastCache(scope) : scope);
    if (again.fits) return again.value;
    throw new UpstreamError(
      'UPSTREAM_UNAVAILABLE',
      this.#transport.source,
      `The source "${this.#transport.source}" changed its version while it was asked; it is probably being upgraded.`,
    );
  }

  /** The answer, where it is cached and fresh. */
  peek<T>(ask: Ask<T>): T | undefined {
    const apiVersion = this.#last ?? apiVersionOf(TARGET_VERSION);
    return this.#transport.peek(this.#call(ask(apiVersion), apiVersion))?.value;
  }

  async #attempt<T>(
    ask: Ask<T>,
    apiVersion: ApiVersion,
    scope: Scope,
  ): Promise<{ fits: true; value: T } | { fits: false; answered: ApiVersion; isSameRequest: boolean }> {
    const question = ask(apiVersion);
    try {
      const { value, serverVersion } = await this.#transport.request(this.#call(question, apiVersion), scope);
      if (serverVersion === null || isSameRequest(question, ask(apiVersionOf(serverVersion))))
        return { fits: true, value };
    } catch (error) {
      if (!isNotHere(error) || isCommonToAll(ask)) throw error;
      const now = await this.#detect(pastCache(scope));
      if (isSameRequest(question, ask(now))) throw error;
    }
    // A cached answer of a version that is gone does not change what is known of the server.
    const answered = this.#last ?? apiVersion;
    return { fits: false, answered, isSameRequest: isSameRequest(question, ask(answered)) };
  }

  #call<T>(question: Question<T>, asked: ApiVersion): UpstreamCall<Answer<T>> {
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
        const answering = serverVersion === null ? asked : apiVersionOf(serverVersion);
        const reading = new Reading(this.#transport.source, answering.adapter);
        const value = question.read(body, reading);
        if (reading.invalid > 0) this.#onInvalidRows(endpoint, reading.invalid);
        return { value, serverVersion };
      },
    };
  }

  #note(serverVersion: string): void {
    if (this.#last?.version.serverVersion !== serverVersion) this.#last = apiVersionOf(serverVersion);
  }

  async #detect(scope: Scope): Promise<ApiVersion> {
    const question: Question<string> = {
      path: '/api/version',
      freshness: VERSION_FRESHNESS,
      needsKey: false,
      read: readVersionAnswer,
    };
    const { value } = await this.#transport.request(this.#call(question, apiVersionOf(TARGET_VERSION)), scope);
    this.#note(value);
    return apiVersionOf(value);
  }
}

type Request = Pick<Question<unknown>, 'path' | 'query'>;

const isSameRequest = (one: Request, other: Request): boolean =>
  one.path === other.path && JSON.stringify(one.query ?? []) === JSON.stringify(other.query ?? []);

/** Whether every version is asked alike, so that the version need not be known. */
const isCommonToAll = (ask: (apiVersion: ApiVersion) => Request): boolean => {
  const [first, ...rest] = EVERY_API_VERSION.map(ask);
  return first !== undefined && rest.every((question) => isSameRequest(first, question));
};
