import type { EdgeFacts, ResourceFacts } from '../facts.ts';

/** Whether two readings of a row are found, and chosen as a target, by the same names. */
export const isNamedAlike = (before: ResourceFacts, row: ResourceFacts): boolean =>
  before.resourceId === row.resourceId &&
  before.service === row.service &&
  before.region === row.region &&
  before.name === row.name &&
  before.tags.length === row.tags.length &&
  before.tags.every(({ key, value }, i) => key === row.tags[i]?.key && value === row.tags[i]?.value);

/** Whether two readings of a row with the same edges differ at most in when it was seen, as far as a derivation reads them. */
export const isOnlySeenAgain = (before: ResourceFacts, row: ResourceFacts): boolean =>
  before.state === row.state && isNamedAlike(before, row);

/** Services of which a name says what belongs to what. */
const RELATED_BY_NAME = new Set(['eni', 'cloudwatch_logs']);

/** Whether two readings of a row have the same relations if they have the same edges: it may only have been seen again, or renamed. */
export const isRelatedAlike = (before: ResourceFacts, row: ResourceFacts): boolean =>
  before.service === row.service &&
  before.region === row.region &&
  (!RELATED_BY_NAME.has(row.service) || before.name === row.name);

/** The state of a volume says whether it is attached. */
export const isAttachedAlike = (before: ResourceFacts, row: ResourceFacts): boolean =>
  row.service !== 'ebs' || before.state === row.state;

export const areSameEdges = (some: readonly EdgeFacts[], others: readonly EdgeFacts[]): boolean =>
  some === others ||
  (some.length === others.length &&
    some.every(({ target, relationship, confidence }, i) => {
      const other = others[i];
      return (
        target.kind === other?.target.kind &&
        target.identifier === other.target.identifier &&
        relationship === other.relationship &&
        confidence === other.confidence
      );
    }));
