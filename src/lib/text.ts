/** Whether a text that may be missing contains `text`, whatever the case of either. */
export const containsText = (text: string): ((candidate: string | null) => boolean) => {
  const wanted = text.toLowerCase();
  return (candidate) => candidate?.toLowerCase().includes(wanted) ?? false;
};

/** The first text that is more than blanks, as it is written; null when there is none. */
export const firstFilled = (...texts: readonly (string | null | undefined)[]): string | null =>
  texts.find((text) => text?.trim()) ?? null;

/** The word of `known` that is most similar to `text`, or null when none is similar enough. */
export const closest = (text: string, known: readonly string[]): string | null => {
  const ranked = known
    .map((word) => ({ word, distance: distance(text.toLowerCase(), word.toLowerCase()) }))
    .sort((left, right) => left.distance - right.distance);
  const best = ranked[0];
  return best && best.distance <= Math.max(2, Math.floor(text.length / 3)) ? best.word : null;
};

/** Levenshtein distance. */
const distance = (left: string, right: string): number => {
  let previous = Array.from({ length: right.length + 1 }, (_, i) => i);
  for (const [i, a] of [...left].entries()) {
    const row = [i + 1];
    for (const [j, b] of [...right].entries()) {
      row.push(Math.min((row[j] ?? 0) + 1, (previous[j + 1] ?? 0) + 1, (previous[j] ?? 0) + (a === b ? 0 : 1)));
    }
    previous = row;
  }
  return previous.at(-1) ?? 0;
};
