export interface Stretch {
  readonly since: string;
  readonly until: string;
}

/** Whole days of the reader's time zone, newest first. @param back how many to leave out */
export const daysBefore = (now: Date, back: number, count: number): readonly Stretch[] =>
  Array.from({ length: count }, (_, i) => {
    const day = (offset: number): string =>
      new Date(now.getFullYear(), now.getMonth(), now.getDate() + offset - back - i).toISOString();
    return { since: day(0), until: day(1) };
  });

const format = new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' });

/** e.g. `Thu, 26 Nov 2026`. */
export const dayText = (moment: string): string => (moment === '' ? '' : format.format(new Date(moment)));

/** e.g. `14:05:09`. */
export const clockText = (moment: string): string => new Date(moment).toLocaleTimeString('en-GB');
