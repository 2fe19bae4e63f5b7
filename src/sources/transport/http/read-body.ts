import { StringDecoder } from 'node:string_decoder';
import { type AnswerHeaders, headerOf, type ReceivedAnswer } from '../answer.ts';
import type { CallTimeouts } from '../call-timeouts.ts';
import { ExchangeError } from '../upstream-errors.ts';

interface Incoming {
  readonly headers: AnswerHeaders;
  readonly body: AsyncIterable<Buffer>;
}

/** An answer this long waits for its turn, so that a server gone mad fills memory with one at a time, not with one a connection. */
const LARGE_BYTES = 2 ** 20;

/**
 * Leaving the loop gives up the connection: what is too long, or says that it will be, is not read to its end. Pieces become text as
 * they come: buffers that are kept outlive the young generation, and what then frees them gives no memory back to the system.
 */
export const readBody = async (
  { headers, body }: Incoming,
  limit: number,
  callTimeouts: CallTimeouts,
  turns: Mutex,
): Promise<Pick<ReceivedAnswer, 'text' | 'bytes' | 'release'>> => {
  const decoder = new StringDecoder('utf8');
  let text = '';
  let bytes = 0;
  let endTurn: (() => void) | undefined;
  const declared = Number(headerOf(headers, 'content-length') ?? 0);
  callTimeouts.progress();
  try {
    for await (const piece of body) {
      bytes += piece.length;
      if (Math.max(bytes, declared) > limit) throw new ExchangeError('tooLarge', `${limit} bytes`);
      text += decoder.write(piece);
      if (bytes > LARGE_BYTES && !endTurn) {
        callTimeouts.pause();
        endTurn = await turns.take(callTimeouts.signal);
      }
      callTimeouts.progress();
    }
  } catch (error) {
    endTurn?.();
    throw error;
  }
  return { text: text + decoder.end(), bytes, release: () => endTurn?.() };
};

/** One at a time, in the order of asking. */
export class Mutex {
  #last: Promise<void> = Promise.resolve();

  /**
   * @returns what ends the turn, once it has come.
   * @throws the signal's reason, when it is aborted before.
   */
  async take(signal: AbortSignal): Promise<() => void> {
    signal.throwIfAborted();
    const before = this.#last;
    const { promise, resolve: end } = Promise.withResolvers<void>();
    this.#last = before.then(() => promise);
    try {
      await Promise.race([before, whenAborted(signal)]);
    } catch (error) {
      end();
      throw error;
    }
    return end;
  }
}

const whenAborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }));
