import { differingFields, pastRecord } from '#entities/asset-version/loaders.ts';
import { readSnapshots } from '#entities/correlation/loaders.ts';
import type { AssetRef } from '#entities/dependency/model.ts';
import { hostDisplayName } from '#entities/host/model.ts';
import { resourceDisplayName } from '#entities/resource/model.ts';
import { serviceDisplayName } from '#entities/service/model.ts';
import type { HistoryVersion } from '#history/history-store.ts';
import type { SourceHistory } from '#history/source-history.ts';
import { versionList } from '#history/version-list.ts';
import type { KeyedList } from '#lib/keyed-list.ts';
import { decodeGlobalId, refKey } from '#lib/record-ref.ts';
import { arrayList, type SlicedList } from '#lib/sliced-list.ts';
import type { RequestContext } from '#loading/context.ts';
import type { FieldLocation } from '#loading/report-problem.ts';
import { CHANGE_KINDS, CHANGED_TYPES, type ChangeModel } from './model.ts';

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

/** What changed in every source that was read twice, newest first: as the history has it, else as far as the snapshots tell. */
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
    return (kinds ?? CHANGE_KINDS).includes(change.kind) && (types ?? CHANGED_TYPES).includes(change.type);
  };
};

const keptChanges = (history: SourceHistory, wanted: Wanted): KeyedList<ChangeModel> =>
  versionList(
    () => history,
    () => ({
      kinds: wanted.kinds ?? CHANGE_KINDS,
      types: wanted.types ?? CHANGED_TYPES,
      ...(wanted.since && { since: Date.parse(wanted.since) }),
      ...(wanted.until && { until: Date.parse(wanted.until) }),
      ...(wanted.source && { source: wanted.source }),
      ...(wanted.asset && { record: decodeGlobalId(wanted.asset) as AssetRef }),
    }),
    changeOf,
  );

const changeOf = ({ kind, type, source, id, value, before, from, since }: HistoryVersion): ChangeModel => {
  const ref = { type, source, id } as AssetRef;
  return {
    ...ref,
    kind: kind as ChangeModel['kind'],
    title: titleOf(pastRecord(ref, value ?? before)) ?? id,
    fields: kind === 'CHANGED' && value && before ? differingFields(ref, before, value) : [],
    noticedAt: new Date(from).toISOString(),
    since: new Date(since ?? from).toISOString(),
  };
};

const titleOf = (record: ReturnType<typeof pastRecord>): string | null => {
  switch (record?.type) {
    case 'Resource':
      return resourceDisplayName(record);
    case 'Host':
      return hostDisplayName(record);
    case 'Service':
      return serviceDisplayName(record);
    default:
      return null;
  }
};
