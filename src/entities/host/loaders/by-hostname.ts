import { naturalKeyLoader } from '#loading/natural-key-loader.ts';
import { unshown } from '#loading/report-problem.ts';
import type { HostModel } from '../model.ts';
import { everyHost } from './lists.ts';

/** Host names are compared as DNS does: without regard to case, and to a dot at the end. */
const canonicalName = (hostname: string): string => hostname.trim().toLowerCase().replace(/\.$/, '');

/**
 * A host by its host name, only where one host of all sources carries it: every site may have its own `localhost`. Nothing upstream
 * looks hosts up by name, so all hosts are read, in pages that others share; while a source cannot be read, or lacks rows, no name is unique.
 */
export const hostByHostname = naturalKeyLoader({
  name: 'hostname',
  sources: (context) => context.sources.network,
  find: async (context, source, keys) => {
    const { rows, missing } = await everyHost(context, source);
    if (missing > 0) throw unshown(source.name, missing);
    const named = Map.groupBy(rows, ({ hostname }) => canonicalName(hostname ?? ''));
    return new Map(keys.map((key): [string, readonly HostModel[]] => [key, hostsNamed(named, canonicalName(key))]));
  },
  provesItself: () => false,
});

const hostsNamed = (named: ReadonlyMap<string, readonly HostModel[]>, name: string): readonly HostModel[] =>
  name === '' ? [] : (named.get(name) ?? []);
