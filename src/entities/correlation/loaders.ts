import { type AssetRef, CONFIDENCES, type Confidence } from '#entities/dependency/model.ts';
import type { Inventory } from '#index/inventory.ts';
import { UpstreamError } from '#lib/gateway-error.ts';
import type { RequestContext } from '#request/context.ts';
import { type FieldPlace, reportProblem } from '#request/report-problem.ts';
import type { CorrelationModel, InventorySide, UnmatchedModel } from './model.ts';

/** The inventory as far as it is read; each source that is not is reported beside the answer. */
export const readPictures = (context: RequestContext, place: FieldPlace): Inventory => {
  const inventory = context.sources.inventory.read();
  for (const source of inventory.gaps) reportProblem(context, place, unread(source));
  return inventory;
};

/**
 * The inventory for an answer about both worlds.
 * @throws UpstreamError when no source of one world has been read, since "none" would then be a guess.
 */
export const readInventory = (context: RequestContext, place: FieldPlace): Inventory => {
  const { gaps, cloud, network } = context.sources.inventory.read();
  const [gap] = gaps;
  if (gap !== undefined && (cloud.length === 0 || network.length === 0)) throw unread(gap);
  return readPictures(context, place);
};

const unread = (source: string): UpstreamError =>
  new UpstreamError(
    'UPSTREAM_UNAVAILABLE',
    source,
    `The index of the source "${source}" has not read it yet, so what it holds is unknown. Progress: sources { name index { coverage } }.`,
    { reason: 'INDEX_INCOMPLETE' },
  );

const isAtLeast = (confidence: Confidence, least: Confidence): boolean =>
  CONFIDENCES.indexOf(confidence) <= CONFIDENCES.indexOf(least);

/**
 * What one host or resource is linked with, surest first. Null while the other world is unread and no link is known.
 */
export const correlationsOf = (
  context: RequestContext,
  place: FieldPlace,
  ref: AssetRef,
): readonly CorrelationModel[] => readInventory(context, place).linksOf(ref);

/** All links, and with LOW also the candidates that are too weak to count. */
export const allCorrelations = (
  context: RequestContext,
  place: FieldPlace,
  least: Confidence,
): readonly CorrelationModel[] => {
  const { links, candidates } = readInventory(context, place).correlations;
  const shown = least === 'LOW' ? [...links, ...candidates.filter(({ status }) => status === 'CANDIDATE')] : links;
  return shown.filter(({ confidence }) => isAtLeast(confidence, least));
};

export const unmatchedAssets = (
  context: RequestContext,
  place: FieldPlace,
  side: InventorySide,
): readonly UnmatchedModel[] => {
  const { unmatched } = readInventory(context, place).correlations;
  return side === 'CLOUD' ? unmatched.cloud : unmatched.network;
};
