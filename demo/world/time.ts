export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Whole seconds with `.000Z`: the invented company has no milliseconds, so that both spellings say the same. */
export function isoOf(milliseconds: number): string {
  return new Date(Math.floor(milliseconds / SECOND) * SECOND).toISOString();
}
