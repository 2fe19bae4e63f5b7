import type { ScanModel } from '#entities/scan/model.ts';
import type { ScanOrbitClient } from '#sources/scanorbit/client.ts';
import { Changes } from './changes.ts';
import type { Watch } from './feed.ts';
import { pause, pauseAfter, type WatchPace } from './pace.ts';
import { NO_MEMORY, type WatchMemory } from './watch-memory.ts';
import { watchScope } from './watch-scope.ts';

/**
 * Polls the active and the recent scans of one source, and tells every scan that changed since it was last seen. What is known
 * outlives failed polls: a scan that ended, or that came and went, while the source was away is told when it is back.
 */
export const watchScans =
  (
    client: Pick<ScanOrbitClient, 'source' | 'activeScans' | 'recentScans'>,
    pace: WatchPace,
    memory: WatchMemory = NO_MEMORY,
  ): Watch<ScanModel> =>
  async (emit, signal) => {
    const known = await memory.load();
    const changes = new Changes<ScanModel>(versionOf, known ?? undefined);
    let isFirst = known === null;
    let failures = 0;
    while (!signal.aborted) {
      try {
        const { scans, isBusy } = await readScans(client, pace, signal);
        for (const scan of scans) if (changes.note(scan) && !isFirst) emit(scan);
        changes.keepOnly(scans.map(({ id }) => id));
        memory.save(changes.known);
        isFirst = false;
        failures = 0;
        await pause(isBusy ? pace.busyMs : pace.idleMs, signal);
      } catch (error) {
        failures += 1;
        await pause(pauseAfter(error, failures, pace), signal);
      }
    }
  };

const readScans = async (
  client: Pick<ScanOrbitClient, 'source' | 'activeScans' | 'recentScans'>,
  { longestMs }: WatchPace,
  signal: AbortSignal,
): Promise<{ scans: readonly ScanModel[]; isBusy: boolean }> => {
  const scope = watchScope(`watch scans of ${client.source}`, longestMs, signal);
  // One after the other: a scan that ends in between is then in the second answer, and never in neither.
  const active = await client.activeScans(scope);
  const recent = await client.recentScans(scope);
  const byId = new Map([...active, ...recent].map((scan) => [scan.id, scan]));
  return { scans: [...byId.values()].toSorted(byTime), isBusy: active.length > 0 };
};

/** Oldest first: events are told in the order in which things happened. */
const byTime = (a: ScanModel, b: ScanModel): number => (lastMoment(a) < lastMoment(b) ? -1 : 1);
const lastMoment = ({ completedAt, startedAt, createdAt }: ScanModel): string => completedAt ?? startedAt ?? createdAt;

const versionOf = ({ status, startedAt, completedAt, resourcesDiscovered, findingsNew, errorMessage }: ScanModel) =>
  JSON.stringify([status, startedAt, completedAt, resourcesDiscovered, findingsNew, errorMessage]);
