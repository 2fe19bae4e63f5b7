import { InputError } from '#lib/gateway-error.ts';
import type { RecordRef } from '#lib/record-ref.ts';
import type { CloudSource } from '#sources/source-set.ts';
import type { RequestContext } from './context.ts';

/** @throws Error when a record names a source that the viewer does not have: then it should not have been here. */
export const cloudSource = (context: RequestContext, name: string): CloudSource => {
  const source = context.sources.byName(name);
  if (source?.side !== 'CLOUD') throw new Error(`The source "${name}" is no ScanOrbit source of this viewer.`);
  return source;
};

/**
 * The ScanOrbit sources that a filter leaves: all of them, the named one, or the one that holds every record named.
 * @throws InputError for a source that the viewer does not have.
 */
export const cloudSources = (
  context: RequestContext,
  name: string | null | undefined,
  records: readonly (RecordRef | null)[] = [],
): readonly CloudSource[] => {
  if (name && !context.sources.byName(name)) {
    const known = context.sources.all.map((source) => JSON.stringify(source.name)).join(', ');
    throw new InputError(`Expected "source" to be one of ${known}, got ${JSON.stringify(name.slice(0, 80))}.`);
  }
  return context.sources.cloud.filter(
    (source) => (!name || source.name === name) && records.every((record) => !record || record.source === source.name),
  );
};
