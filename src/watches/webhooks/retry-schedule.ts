const FIRST_MS = 5_000;
const FACTOR = 4;
const LONGEST_MS = 6 * 60 * 60_000;
/** Each pause is up to this share shorter or longer, so that what failed together does not come back together. */
const JITTER = 0.2;

/** An event that is older than this at its next attempt has none. */
export const OLDEST_MS = 72 * 60 * 60_000;

/** The pause after the `attempts`-th attempt, in milliseconds. @param random between 0 and 1 */
export const pauseAfterAttempt = (attempts: number, random: number): number =>
  Math.min(LONGEST_MS, FIRST_MS * FACTOR ** (attempts - 1)) * (1 + JITTER * (2 * random - 1));
