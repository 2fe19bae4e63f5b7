const UNITS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const;

/** e.g. `3 minutes`; the largest unit that fits, rounded. */
export const durationText = (seconds: number): string => {
  const [unit, size] = UNITS.find(([, of]) => seconds >= of) ?? (['second', 1] as const);
  const count = Math.max(0, Math.round(seconds / size));
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
};

/** e.g. `3 days ago`, or `in 2 hours`. */
export const relativeText = (moment: string, now: number = Date.now()): string => {
  const seconds = (Date.parse(moment) - now) / 1000;
  return seconds > 0 ? `in ${durationText(seconds)}` : `${durationText(-seconds)} ago`;
};

/** In the form and the time zone of a field of type `datetime-local`. */
export const fieldText = (time: Date): string =>
  new Date(time.getTime() - time.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);

/** e.g. `42 s`, or `9:05 min`, for what counts down. */
export const countdownText = (seconds: number): string =>
  seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')} min`;
