/**
 * From now on, Ctrl-C and SIGTERM close and end the process with code 0. Further signals change nothing: npm and terminals
 * deliver the same one twice. Resolves never; rejects when closing fails.
 */
export const untilSignal = (close: () => Promise<void>): Promise<never> =>
  new Promise((_, reject) => {
    let isClosing = false;
    const stop = (): void => {
      if (isClosing) return;
      isClosing = true;
      close().then(() => process.exit(0), reject);
    };
    process.on('SIGINT', stop);
    process.on('SIGTERM', stop);
  });
