interface Waiting {
  readonly send: () => void;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

let waiting: Waiting[] = [];

/**
 * Sends at the end of this turn of the event loop, right after the other answers that are ready in it: a client on the same machine, or a
 * proxy, is then woken once for several answers, and a wake-up costs more than the writing. @throws what `send` throws
 */
export const sendTogether = (send: () => void): Promise<void> =>
  new Promise((resolve, reject) => {
    if (waiting.push({ send, resolve, reject }) === 1) setImmediate(sendAll);
  });

const sendAll = (): void => {
  const ready = waiting;
  waiting = [];
  for (const { send, resolve, reject } of ready) {
    try {
      send();
      resolve();
    } catch (error) {
      reject(error);
    }
  }
};
