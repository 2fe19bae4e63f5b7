/** One number that every thread of the process sees. */
export const changeCount = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));

/**
 * To be called wherever something changes that decides how a question is answered: what a source has said, a snapshot, a derivation, the
 * history, the configuration. As long as the number stays, and what was read is fresh, an answer may be given again without asking.
 */
export const noteChange = (): void => void Atomics.add(changeCount, 0, 1);

/** The number as it is now. */
export const changesSoFar = (count: Int32Array = changeCount): number => Atomics.load(count, 0);
