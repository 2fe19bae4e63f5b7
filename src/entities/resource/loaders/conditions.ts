import { isLinkedIn } from '#entities/correlation/loaders.ts';
import { everyFinding, type FindingFilterModel, passes } from '#entities/finding/loaders/pages.ts';
import { isStaleAfter } from '#inventory/snapshot/is-current.ts';
import type { RequestContext } from '#loading/context.ts';
import { type FieldLocation, reportShortfall } from '#loading/report-problem.ts';
import { cloudToCount } from '#loading/snapshot-to-count.ts';
import type { CloudSource } from '#sources/source-set.ts';
import type { ResourceModel } from '../model.ts';

/** What a row alone does not show. */
export interface ResourceConditions {
  /** True: not seen by the last completed scan of its account; false: seen by it. */
  readonly stale?: boolean | null | undefined;
  /** One finding about it passes all of this. */
  readonly hasFinding?: FindingFilterModel | null | undefined;
  readonly linked?: boolean | null | undefined;
}

type Condition = (row: ResourceModel) => boolean;

interface Conditions {
  /** Null where there are none. */
  readonly where: Condition | null;
  /** False where findings or links may be missing. */
  readonly isCertain: boolean;
}

export const hasConditions = ({ stale, hasFinding, linked }: ResourceConditions): boolean =>
  typeof stale === 'boolean' || Boolean(hasFinding) || typeof linked === 'boolean';

/** @param isCounted see `everyFinding` */
export const resourceConditions = async (
  context: RequestContext,
  place: FieldLocation,
  source: CloudSource,
  { stale, hasFinding, linked }: ResourceConditions,
  isCounted: boolean,
): Promise<Conditions> => {
  const conditions: Condition[] = [];
  let isCertain = true;
  if (typeof stale === 'boolean') conditions.push(await isStaleIn(context, source, stale, isCounted));
  if (typeof linked === 'boolean') {
    const wanted = await isLinkedIn(context, place, linked);
    conditions.push(wanted.holds);
    isCertain = wanted.isCertain;
  }
  if (hasFinding) {
    const { rows, ...short } = await everyFinding(context, source, isCounted);
    reportShortfall(context, place, source.name, short);
    const found = new Set(rows.filter(passes(hasFinding)).map(({ resourceId }) => resourceId));
    conditions.push(({ id }) => found.has(id));
    isCertain &&= short.invalid + short.missing === 0;
  }
  return { where: conditions.length > 0 ? (row) => conditions.every((holds) => holds(row)) : null, isCertain };
};

const isStaleIn = async (
  context: RequestContext,
  source: CloudSource,
  stale: boolean,
  isCounted: boolean,
): Promise<Condition> => {
  const held = isCounted ? cloudToCount(context, source) : null;
  const isStale = isStaleAfter(held?.scans ?? (await source.client.recentScans(context.scope)));
  return (row) => isStale(row) === stale;
};
