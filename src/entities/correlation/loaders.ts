import { type AssetRef, CONFIDENCES, type Confidence } from '#entities/dependency/model.ts';
import { type CountModel, mergedCounts } from '#entities/resource/model.ts';
import { RULESET_VERSION } from '#inventory/correlation/correlation.ts';
import { INACTIVE_RULES } from '#inventory/correlation/ruleset.ts';
import type { UnmatchedList } from '#inventory/correlation/unmatched-list.ts';
import type { Derived } from '#inventory/derived.ts';
import type { Inventory } from '#inventory/inventory.ts';
import { UpstreamError } from '#lib/gateway-error.ts';
import type { RowRef } from '#lib/record-ref.ts';
import { deferredList, type SlicedList } from '#lib/sliced-list.ts';
import type { RequestContext } from '#loading/context.ts';
import { type FieldLocation, reportProblem } from '#loading/report-problem.ts';
import type {
  CertificateUseModel,
  CorrelationModel,
  CorrelationReportModel,
  InventorySide,
  UnmatchedModel,
} from './model.ts';

/** The inventory as far as it is read; each source that is not is reported beside the answer. */
export const readSnapshots = (context: RequestContext, place: FieldLocation): Inventory => {
  const inventory = context.sources.inventory.read();
  for (const source of inventory.gaps) reportProblem(context, place, unread(source));
  return inventory;
};

/**
 * What follows from the inventory, for an answer about both sides.
 * @throws UpstreamError when no source of one world has been read, since "none" would then be a guess.
 */
export const readDerived = async (context: RequestContext, place: FieldLocation): Promise<Derived> => {
  const { unreadSide } = context.sources.inventory.read();
  if (unreadSide !== null) throw unread(unreadSide);
  readSnapshots(context, place);
  return context.sources.inventory.derived();
};

export const unread = (source: string): UpstreamError =>
  new UpstreamError(
    'UPSTREAM_UNAVAILABLE',
    source,
    `The index of the source "${source}" has not read all of it, so what else it holds is unknown. Progress: sources { name index { coverage missingRows } }.`,
    { reason: 'INDEX_INCOMPLETE' },
  );

const isAtLeast = (confidence: Confidence, least: Confidence): boolean =>
  CONFIDENCES.indexOf(confidence) <= CONFIDENCES.indexOf(least);

/**
 * What one host or resource is linked with, surest first. Null while the other world is unread and no link is known.
 */
export const correlationsOf = async (
  context: RequestContext,
  place: FieldLocation,
  ref: AssetRef,
): Promise<readonly CorrelationModel[]> => (await readDerived(context, place)).linksOf(ref);

interface LinkCondition {
  readonly holds: (ref: AssetRef) => boolean;
  /** False where links may be missing. */
  readonly isCertain: boolean;
}

/**
 * Whether an asset is linked with something of the other world, or is not.
 * @throws UpstreamError when no source of one world has been read
 */
export const isLinkedIn = async (
  context: RequestContext,
  place: FieldLocation,
  isLinked: boolean,
): Promise<LinkCondition> => {
  const derived = await readDerived(context, place);
  return {
    holds: (ref) => derived.linksOf(ref).length > 0 === isLinked,
    isCertain: derived.inventory.gaps.length === 0,
  };
};

/** All links, and with LOW also the candidates that are too weak to count. */
export const allCorrelations = async (
  context: RequestContext,
  place: FieldLocation,
  least: Confidence,
): Promise<readonly CorrelationModel[]> => {
  const { links, candidates } = await readDerived(context, place);
  const shown = least === 'LOW' ? [...links, ...candidates.filter(({ status }) => status === 'CANDIDATE')] : links;
  return shown.filter(({ confidence }) => isAtLeast(confidence, least));
};

/** `reason` keeps those that carry this code; `AMBIGUOUS` keeps `AMBIGUOUS(2)` too. */
export const unmatchedAssets = (
  context: RequestContext,
  place: FieldLocation,
  side: InventorySide,
  reason: string | null | undefined,
): SlicedList<UnmatchedModel> =>
  deferredList(async () => {
    const { unmatched } = await readDerived(context, place);
    const all = side === 'CLOUD' ? unmatched.cloud : unmatched.network;
    const wanted = reason ? all.where((code) => code === reason || codeName(code) === reason) : all;
    return {
      count: async () => wanted.length,
      slice: async (offset, limit) => wanted.slice(offset, offset + limit),
    };
  });

/** Hosts that answer under a name of the certificate. */
export const usesOfCertificate = async (
  context: RequestContext,
  place: FieldLocation,
  { source, id }: RowRef,
): Promise<readonly CertificateUseModel[]> =>
  (await readDerived(context, place)).relations.filter(
    ({ kind, other }) => kind === 'COVERS' && other.source === source && other.id === id,
  );

export const correlationReport = async (
  context: RequestContext,
  place: FieldLocation,
): Promise<CorrelationReportModel> => {
  const { links, candidates, unmatched } = await readDerived(context, place);
  return {
    linksByRule: countsOf(links.map(({ rule }) => rule)),
    linksByConfidence: countsOf(links.map(({ confidence }) => confidence)),
    candidates: candidates.filter(({ status }) => status === 'CANDIDATE').length,
    unmatchedCloud: reasonsOf(unmatched.cloud),
    unmatchedNetwork: reasonsOf(unmatched.network),
    inactiveRules: INACTIVE_RULES,
    rulesetVersion: RULESET_VERSION,
  };
};

/** `AMBIGUOUS(2)` is an AMBIGUOUS. */
const codeName = (code: string): string => code.replace(/\(.*\)$/, '');

const reasonsOf = (unmatched: UnmatchedList): readonly CountModel[] =>
  mergedCounts(
    unmatched
      .counts()
      .flatMap(({ reasons, count }) =>
        count === 0 ? [] : [reasons.map((reason) => ({ key: codeName(reason), count }))],
      ),
  );

const countsOf = (keys: readonly string[]): readonly CountModel[] =>
  mergedCounts(keys.map((key) => [{ key, count: 1 }]));
