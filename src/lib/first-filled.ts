/** The first text that is more than blanks, as it is written; null when there is none. */
export const firstFilled = (...texts: readonly (string | null | undefined)[]): string | null =>
  texts.find((text) => text?.trim()) ?? null;
