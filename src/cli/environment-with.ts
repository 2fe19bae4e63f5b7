/** The environment of the process with options of the command line over it; options not given change nothing. */
export const environmentWith = (
  options: Readonly<Record<string, string | undefined>>,
): Record<string, string | undefined> => {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  return { ...process.env, ...Object.fromEntries(given) };
};
