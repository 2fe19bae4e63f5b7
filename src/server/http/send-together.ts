const waiting: (() => void)[] = [];

/**
 * Sends at the end of this turn of the event loop, right after the other answers that are ready in it: a client on the same machine, or a
 * proxy, is then woken once for several answers, and a wake-up costs more than the writing.
 */
export const sendTogether = (send: () => void): void => {
  if (waiting.push(send) === 1) setImmediate(sendAll);
};

const sendAll = (): void => {
  for (const send of waiting.splice(0)) send();
};
