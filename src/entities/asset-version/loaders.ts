import type { ChangedRecord, ChangedRef, FieldChangeModel } from '#entities/change/model.ts';
import type { AssetRef } from '#entities/dependency/model.ts';
import { HOST_FACTS } from '#entities/host/model.ts';
import { RESOURCE_FACTS } from '#entities/resource/model.ts';
import type { HistoryValue, HistoryVersion } from '#history/history-store.ts';
import { versionList } from '#history/version-list.ts';
import type { KeyedList } from '#lib/keyed-list.ts';
import type { RecordRef } from '#lib/record-ref.ts';
import type { RequestContext } from '#loading/context.ts';
import type { AssetVersionModel } from './model.ts';

/** Every version of an asset that is known, newest first. */
export const versionsOfAsset = (
  { sources }: RequestContext,
  { type, source, id }: AssetRef,
): KeyedList<AssetVersionModel> => {
  const record = { type, source, id };
  return versionList(
    () => sources.keptHistory,
    () => ({ record }),
    (version) => modelOf(record, version),
  );
};

const modelOf = (asset: AssetRef, { kind, value, before, from, since, until }: HistoryVersion): AssetVersionModel => ({
  kind: kind as AssetVersionModel['kind'],
  asset,
  record: pastRecord(asset, value ?? before),
  fields: kind === 'CHANGED' && value && before ? differingFields(asset, before, value) : [],
  from: timeOf(from),
  since: since === null ? null : timeOf(since),
  until: until === null ? null : timeOf(until),
});

const timeOf = (ms: number): string => new Date(ms).toISOString();

/** A record as it was, without times of sight. */
export const pastRecord = <R extends RecordRef>(ref: R, value: HistoryValue | null): Extract<ChangedRecord, R> | null =>
  value && ({ ...value, ...ref } as unknown as Extract<ChangedRecord, R>);

/** What differs between two versions. A field that people know by a text of its own has that text, unless the texts are alike. */
export const differingFields = (ref: ChangedRef, before: HistoryValue, after: HistoryValue): FieldChangeModel[] => {
  const [formerFacts, facts] = [factsOf(ref, before), factsOf(ref, after)];
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].flatMap((name) => {
    const known = { name, before: formerFacts[name] ?? null, after: facts[name] ?? null };
    if (known.before !== known.after) return [known];
    const plain = { name, before: textOf(before[name]), after: textOf(after[name]) };
    return plain.before === plain.after ? [] : [plain];
  });
};

const factsOf = (ref: ChangedRef, value: HistoryValue): Readonly<Record<string, string | null>> => {
  const record = pastRecord(ref, value);
  if (record?.type === 'Resource') return RESOURCE_FACTS.facts(record);
  return record?.type === 'Host' ? HOST_FACTS.facts(record) : {};
};

const textOf = (value: unknown): string | null => {
  if (value === null || value === undefined) return null;
  return typeof value === 'string' ? value : JSON.stringify(value);
};
