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
