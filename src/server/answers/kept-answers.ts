import { LRUCache } from 'lru-cache';
import type { SourceSet } from '#sources/source-set.ts';
import type { Clock } from '#sources/transport/clock.ts';
import type { Lifetime } from './answer-text.ts';
import { AskedBefore } from './asked-before.ts';
import type { KnownRequest } from './known-requests.ts';
import { isSameState, type SourceState, stateOf } from './source-state.ts';

/** A finished answer, ready to be sent again. */
export interface KeptAnswer extends Lifetime {
  readonly body: Buffer;
  readonly dataBytes: number;
  readonly etag: string;
  /** Of the sources before and after it was made. */
  readonly state: SourceState;
  readonly operation: { readonly type: string; readonly name: string };
  /** The body as content codings have it, each made on first use. */
  readonly encoded: Map<string, Promise<Buffer>>;
}

/** Bodies in all content codings together are no larger than this many times the data. */
const CODINGS_FACTOR = 2;
const ENTRY_OVERHEAD_BYTES = 1_000;
/** Requests are remembered as they came, so that a body that was sent before needs not be read again. */
const REQUESTS_PART = 0.2;
const LONGEST_REQUEST = 20_000;

/**
 * Finished answers in memory, within a bound: those to questions that were asked more than once lately. An answer is given out only
 * while executing its operation anew would give the same.
 * Under another configuration the answers of `former` stay; its requests do not: what was let in before may not be now.
 */
export class KeptAnswers {
  readonly #answers: LRUCache<string, KeptAnswer>;
  readonly #asked: AskedBefore;
  readonly #requests: LRUCache<string, KnownRequest>;
  readonly #clock: Clock;
  readonly isOn: boolean;

  constructor(maxBytes: number, clock: Clock, former?: KeptAnswers) {
    this.isOn = maxBytes > 0;
    this.#clock = clock;
    this.#answers = former
      ? former.#answers
      : new LRUCache({
          maxSize: Math.max(1, Math.floor(maxBytes * (1 - REQUESTS_PART))),
          sizeCalculation: ({ dataBytes }) => dataBytes * CODINGS_FACTOR + ENTRY_OVERHEAD_BYTES,
        });
    this.#asked = former ? former.#asked : new AskedBefore();
    this.#requests = new LRUCache({
      maxSize: Math.max(1, Math.floor(maxBytes * REQUESTS_PART)),
      sizeCalculation: (_, request) => request.length * 2 + ENTRY_OVERHEAD_BYTES,
    });
  }

  /** @param sources those of the viewer who asks, which the key names. */
  find(key: string, sources: SourceSet): KeptAnswer | null {
    const answer = this.#answers.get(key);
    if (!answer) return null;
    if (this.#clock.now() < answer.freshUntil && isSameState(answer.state, stateOf(sources))) return answer;
    this.#answers.delete(key);
    return null;
  }

  /** Most questions with variables come once: their answers are not worth the room. */
  isWanted(key: string): boolean {
    return this.#asked.note(key);
  }

  keep(key: string, answer: KeptAnswer): void {
    this.#answers.set(key, answer);
  }

  /** @param request of {@link requestKey} */
  request(request: string): KnownRequest | undefined {
    return this.#requests.get(request);
  }

  know(request: string, as: KnownRequest): void {
    if (request.length <= LONGEST_REQUEST) this.#requests.set(request, as);
  }

  get size(): { readonly answers: number; readonly bytes: number } {
    return { answers: this.#answers.size, bytes: this.#answers.calculatedSize + this.#requests.calculatedSize };
  }
}
