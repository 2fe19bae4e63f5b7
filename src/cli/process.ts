/** The environment of the process with options of the command line over it; options not given change nothing. */
export const environmentWith = (
  options: Readonly<Record<string, string | undefined>>,
): Record<string, string | undefined> => {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  return { ...process.env, ...Object.fromEntries(given) };
};

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
