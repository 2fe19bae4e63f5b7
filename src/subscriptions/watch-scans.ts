import type { ScanModel, ScanStatus } from '#entities/scan/model.ts';
import type { CloudClient } from '#sources/cloud-client.ts';
import { waitFor } from '#sources/transport/clock.ts';
import type { Scope } from '#sources/transport/scope.ts';
import type { Watch } from './feed.ts';
import { pauseAfter, type WatchPace, watchScope } from './polling.ts';
import { Changes, NO_MEMORY, type WatchMemory } from './watch-memory.ts';

type Client = Pick<CloudClient, 'source' | 'activeScans' | 'recentScans' | 'scanById'>;

/**
 * Watches the scans of one source by polling its active and its recent scans, and emits every scan that has changed. Failed polls do not
 * lose what is known: a scan that ended while the source was away, or even started and ended, is emitted when the source is back. A
 * known scan that is in neither list any more, although its end was not emitted, is requested by its id.
 */
export const watchScans =
  (client: Client, pace: WatchPace, memory: WatchMemory = NO_MEMORY): Watch<ScanModel> =>
  async (emit, signal) => {
    const known = await memory.load();
    const changes = new Changes<ScanModel>(versionOf, known ?? undefined);
    let isFirst = known === null;
    let failures = 0;
    const emitChanges = (scans: readonly ScanModel[]) => {
      for (const row of scans) {
        const scan = ofKnownAccount(row, changes.known);
        if (changes.note(scan) && !isFirst) emit(scan);
      }
    };
    while (!signal.aborted) {
      try {
        const scope = watchScope(`watch scans of ${client.source}`, pace, signal);
        const { scans, isBusy } = await readScans(client, scope);
        emitChanges(scans);
        const gone = await readGone(client, unfinished(changes.known, scans), scope);
        emitChanges(gone);
        changes.keepOnly([...scans, ...gone].map(({ id }) => id));
        memory.save(changes.known);
        isFirst = false;
        failures = 0;
        await waitFor(pace.clock, isBusy ? pace.busyMs : pace.idleMs, signal);
      } catch (error) {
        failures += 1;
        await waitFor(pace.clock, pauseAfter(error, failures, pace), signal);
      }
    }
  };

const readScans = async (client: Client, scope: Scope): Promise<{ scans: readonly ScanModel[]; isBusy: boolean }> => {
  // One after the other: a scan that ends in between is then in the second answer, not in neither.
  const active = await client.activeScans(scope);
  const recent = await client.recentScans(scope);
  const byId = new Map([...active, ...recent].map((scan) => [scan.id, scan]));
  return { scans: [...byId.values()].toSorted(byTime), isBusy: active.length > 0 };
};

/** Scans that were stopped, or whose account was removed, leave both lists when they end. A server that cannot return a single scan lists them all. */
const readGone = async (client: Client, ids: readonly string[], scope: Scope): Promise<readonly ScanModel[]> => {
  const gone = await Promise.all(ids.map((id) => client.scanById(id, scope)));
  return gone.filter((scan) => scan !== null);
};

const ENDS: ReadonlySet<string> = new Set<ScanStatus>(['COMPLETE', 'PARTIAL', 'ERROR', 'CANCELED']);

/** Known scans that are in neither list and whose end was not emitted. */
const unfinished = (known: ReadonlyMap<string, string>, listed: readonly ScanModel[]): readonly string[] => {
  const ids = new Set(listed.map(({ id }) => id));
  return [...known].flatMap(([id, version]) => (ids.has(id) || ENDS.has(statusIn(version)) ? [] : [id]));
};

/** Oldest first: events are emitted in the order in which they happened. */
const byTime = (a: ScanModel, b: ScanModel): number => (lastMoment(a) < lastMoment(b) ? -1 : 1);
const lastMoment = ({ completedAt, startedAt, createdAt }: ScanModel): string => completedAt ?? startedAt ?? createdAt;

/** Once its account is removed, a scan names none any more. Subscribers to that account get its end all the same. */
const ofKnownAccount = (scan: ScanModel, known: ReadonlyMap<string, string>): ScanModel => {
  const version = known.get(scan.id);
  return scan.accountId === null && version ? { ...scan, accountId: accountIn(version) } : scan;
};

const partsOf = (version: string): unknown[] => JSON.parse(version) as unknown[];
const statusIn = (version: string): string => String(partsOf(version)[0]);
const accountIn = (version: string): string | null => {
  const accountId = partsOf(version).at(-1);
  return typeof accountId === 'string' ? accountId : null;
};

const versionOf = (scan: ScanModel): string => {
  const { status, startedAt, completedAt, resourcesDiscovered, findingsNew, errorMessage, accountId } = scan;
  return JSON.stringify([status, startedAt, completedAt, resourcesDiscovered, findingsNew, errorMessage, accountId]);
};
