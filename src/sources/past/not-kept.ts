import { GatewayError } from '#lib/gateway-error.ts';

/** What was so then cannot be said, because no reading has it. @param what as people call it, with its verb: `The organization is` */
export const notKept = (source: string, what: string): GatewayError =>
  new GatewayError(
    'HISTORY_UNAVAILABLE',
    `${what} not kept in the history of the source "${source}"; ask for it outside of \`asOf\`, where it is as it is now.`,
    { source, reason: 'NOT_KEPT' },
  );

/** The reading that answers has gaps where this would be. */
export const notRead = (source: string, what: string): GatewayError =>
  new GatewayError('HISTORY_UNAVAILABLE', `${what} of the source "${source}" were not read then: they are unknown.`, {
    source,
    reason: 'NOT_READ',
  });

/** Of a source that was first read later: then everything of it is unknown. @param earliest by name of a source */
export const notReadYet = (source: string, earliest: ReadonlyMap<string, number>): GatewayError => {
  const first = earliest.get(source);
  const since = first === undefined ? 'none' : `the first one of ${new Date(first).toISOString()}`;
  return new GatewayError(
    'HISTORY_UNAVAILABLE',
    `Expected a reading of the source "${source}" before that time, got ${since}: what it held then is unknown.`,
    { source, reason: 'NOT_READ_YET', ...(first !== undefined && { earliest: new Date(first).toISOString() }) },
  );
};
