import { differingFields, pastRecord } from '#entities/asset-version/loaders.ts';
import { readSnapshots, unread } from '#entities/correlation/loaders.ts';
import type { AssetEdge, AssetRef } from '#entities/dependency/model.ts';
import type { FindingModel } from '#entities/finding/model.ts';
import { hostDisplayName } from '#entities/host/model.ts';
import { resourceDisplayName } from '#entities/resource/model.ts';
import { serviceDisplayName } from '#entities/service/model.ts';
import type { HistoryVersion } from '#history/history-store.ts';
import type { SourceHistory } from '#history/source-history.ts';
import { versionList } from '#history/version-list.ts';
import { edgesInto, isMeant } from '#inventory/snapshot/derived.ts';
import type { KeyedList } from '#lib/keyed-list.ts';
import { decodeGlobalId, type RowRef, refKey } from '#lib/record-ref.ts';
import { arrayList, type SlicedList } from '#lib/sliced-list.ts';
import type { RequestContext } from '#loading/context.ts';
import type { FieldLocation } from '#loading/report-problem.ts';
import {
  CHANGE_KINDS,
  CHANGED_ASSETS,
  CHANGED_TYPES,
  type ChangedRecord,
  type ChangedRef,
  type ChangeModel,
} from './model.ts';

interface Wanted {
  /** Only what was noticed after it. */
  readonly since?: string | null | undefined;
  /** Only what was noticed at it or before. */
  readonly until?: string | null | undefined;
  readonly kinds?: readonly ChangeModel['kind'][] | null | undefined;
  readonly types?: readonly ChangeModel['type'][] | null | undefined;
  /** Name of a source. */
  readonly source?: string | null | undefined;
  /** Global id. */
  readonly asset?: string | null | undefined;
}

/** What changed in every source that was read twice, newest first: as the history has it, else as far as the snapshots show. */
export const recentChanges = (
  context: RequestContext,
  place: FieldLocation,
  wanted: Wanted,
): SlicedList<ChangeModel> | KeyedList<ChangeModel> => {
  // Asking keeps the index alive, and reports what is not read.
  const { cloud, network } = readSnapshots(context, place);
  const { history } = context.sources;
  if (history) return keptChanges(history, wanted);
  return arrayList(async () => {
    const isWanted = filterFor(wanted);
    return [...cloud, ...network]
      .flatMap(({ changes }) => changes)
      .filter(isWanted)
      .sort((a, b) => Date.parse(b.noticedAt) - Date.parse(a.noticedAt));
  });
};

const filterFor = ({ since, until, kinds, types, source, asset }: Wanted): ((change: ChangeModel) => boolean) => {
  const key = asset ? refKey(decodeGlobalId(asset)) : null;
  const after = since ? Date.parse(since) : Number.NEGATIVE_INFINITY;
  const end = until ? Date.parse(until) : Number.POSITIVE_INFINITY;
  return (change) => {
    const at = Date.parse(change.noticedAt);
    if (at <= after || at > end || (key !== null && refKey(change) !== key)) return false;
    if (source && change.source !== source) return false;
    return (kinds ?? CHANGE_KINDS).includes(change.kind) && (types ?? CHANGED_ASSETS).includes(change.type);
  };
};

const keptChanges = (history: SourceHistory, wanted: Wanted): KeyedList<ChangeModel> =>
  versionList(
    () => history,
    () => {
      const record = wanted.asset ? (decodeGlobalId(wanted.asset) as ChangedRef) : null;
      return {
        kinds: wanted.kinds ?? CHANGE_KINDS,
        // The history has the past of other records, too.
        types: wanted.types ?? (record ? CHANGED_TYPES : CHANGED_ASSETS),
        ...(wanted.since && { since: Date.parse(wanted.since) }),
        ...(wanted.until && { until: Date.parse(wanted.until) }),
        ...(wanted.source && { source: wanted.source }),
        ...(record && { record }),
      };
    },
    changeOf,
  );

export const isOfAsset = (change: ChangeModel): change is ChangeModel & AssetRef => change.type !== 'Finding';

export const findingNow = ({ sources }: RequestContext, { source, id }: RowRef): FindingModel | null =>
  sources.inventory
    .read()
    .cloud.find((snapshot) => snapshot.source === source)
    ?.findings.get(id) ?? null;

/**
 * Who still refers to a resource that is gone. A name that is not unique everywhere means one within the account.
 * @throws UpstreamError while the relations of the source are not read: none would be a guess
 */
export const stillNeededBy = async (
  { sources }: RequestContext,
  { kind, source, last }: ChangeModel,
): Promise<readonly AssetEdge[]> => {
  if (kind !== 'REMOVED' || last?.type !== 'Resource') return [];
  const snapshot = sources.inventory.read().cloud.find((one) => one.source === source);
  if (!snapshot?.edgesComplete) throw unread(source);
  const edges = await edgesInto(snapshot, last);
  return edges
    .filter(({ resource }) => isMeant(last, resource.accountId))
    .map((edge) => ({ ...edge, known: edge.resource, load: async () => edge.resource }));
};

const changeOf = ({ kind, type, source, id, value, before, from, since }: HistoryVersion): ChangeModel => {
  const ref = { type, source, id } as ChangedRef;
  const last = pastRecord(ref, value ?? before);
  return {
    ...ref,
    kind: kind as ChangeModel['kind'],
    title: titleOf(last) ?? id,
    last,
    fields: (kind === 'CHANGED' || kind === 'REOPENED') && value && before ? differingFields(ref, before, value) : [],
    noticedAt: new Date(from).toISOString(),
    since: new Date(since ?? from).toISOString(),
  };
};

const titleOf = (record: ChangedRecord | null): string | null => {
  switch (record?.type) {
    case 'Resource':
      return resourceDisplayName(record);
    case 'Host':
      return hostDisplayName(record);
    case 'Service':
      return serviceDisplayName(record);
    case 'Finding':
      return record.summary || record.findingType;
    default:
      return null;
  }
};
