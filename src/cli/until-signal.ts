/**
 * Waits for Ctrl-C or SIGTERM, then closes and ends the process with code 0. Further signals change nothing: npm and
 * terminals deliver the same one twice.
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
