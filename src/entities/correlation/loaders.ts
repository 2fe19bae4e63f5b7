import { type AssetRef, CONFIDENCES, type Confidence } from '#entities/dependency/model.ts';
import type { CountModel } from '#entities/resource/model.ts';
import type { Inventory } from '#inventory/inventory.ts';
import { UpstreamError } from '#lib/gateway-error.ts';
import type { RowRef } from '#lib/record-ref.ts';
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
 * The inventory for an answer about both worlds.
 * @throws UpstreamError when no source of one world has been read, since "none" would then be a guess.
 */
export const readInventory = (context: RequestContext, place: FieldLocation): Inventory => {
  const { unreadSide } = context.sources.inventory.read();
  if (unreadSide !== null) throw unread(unreadSide);
  return readSnapshots(context, place);
};

const unread = (source: string): UpstreamError =>
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
export const correlationsOf = (
  context: RequestContext,
  place: FieldLocation,
  ref: AssetRef,
): readonly CorrelationModel[] => readInventory(context, place).linksOf(ref);

/**
 * Whether an asset is linked with something of the other world, or is not.
 * @throws UpstreamError when no source of one world has been read
 */
export const isLinkedIn = (
  context: RequestContext,
  place: FieldLocation,
  isLinked: boolean,
): ((ref: AssetRef) => boolean) => {
  const inventory = readInventory(context, place);
  return (ref) => inventory.linksOf(ref).length > 0 === isLinked;
};

/** All links, and with LOW also the candidates that are too weak to count. */
export const allCorrelations = (
  context: RequestContext,
  place: FieldLocation,
  least: Confidence,
): readonly CorrelationModel[] => {
  const { links, candidates } = readInventory(context, place).correlations;
  const shown = least === 'LOW' ? [...links, ...candidates.filter(({ status }) => status === 'CANDIDATE')] : links;
  return shown.filter(({ confidence }) => isAtLeast(confidence, least));
};

/** `reason` keeps those that carry this code; `AMBIGUOUS` keeps `AMBIGUOUS(2)` too. */
export const unmatchedAssets = (
  context: RequestContext,
  place: FieldLocation,
  side: InventorySide,
  reason: string | null | undefined,
): readonly UnmatchedModel[] => {
  const { unmatched } = readInventory(context, place).correlations;
  const all = side === 'CLOUD' ? unmatched.cloud : unmatched.network;
  if (!reason) return all;
  return all.filter(({ reasons }) => reasons.some((code) => code === reason || codeName(code) === reason));
};

/** Hosts that answer under a name of the certificate. */
export const usesOfCertificate = (
  context: RequestContext,
  place: FieldLocation,
  { source, id }: RowRef,
): readonly CertificateUseModel[] =>
  readInventory(context, place).correlations.relations.filter(
    ({ kind, other }) => kind === 'COVERS' && other.source === source && other.id === id,
  );

export const correlationReport = (context: RequestContext, place: FieldLocation): CorrelationReportModel => {
  const { links, candidates, unmatched, inactiveRules, rulesetVersion } = readInventory(context, place).correlations;
  const reasons = (of: readonly UnmatchedModel[]) => countsOf(of.flatMap((one) => one.reasons.map(codeName)));
  return {
    linksByRule: countsOf(links.map(({ rule }) => rule)),
    linksByConfidence: countsOf(links.map(({ confidence }) => confidence)),
    candidates: candidates.filter(({ status }) => status === 'CANDIDATE').length,
    unmatchedCloud: reasons(unmatched.cloud),
    unmatchedNetwork: reasons(unmatched.network),
    inactiveRules,
    rulesetVersion,
  };
};

/** `AMBIGUOUS(2)` is an AMBIGUOUS. */
const codeName = (code: string): string => code.replace(/\(.*\)$/, '');

const countsOf = (keys: readonly string[]): CountModel[] =>
  [...Map.groupBy(keys, (key) => key)]
    .map(([key, of]) => ({ key, count: of.length }))
    .sort((a, b) => b.count - a.count || (a.key < b.key ? -1 : 1));
