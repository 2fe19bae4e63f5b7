import { setTimeout as delay } from 'node:timers/promises';
import type { BuildInput, BuildSnapshot } from '#inventory/snapshot/build-snapshot.ts';
import type { Snapshot } from '#inventory/snapshot/snapshot.ts';
import type { SnapshotEncoding } from '#inventory/snapshot/snapshot-file.ts';
import { toError } from '#lib/gateway-error.ts';
import { takeLease } from './lease.ts';
import type { Membership } from './membership.ts';
import type { RedisLink } from './redis-link.ts';

export interface SharedBuildParts<P extends Snapshot> {
  readonly link: RedisLink;
  readonly membership: Membership;
  readonly key: string;
  readonly encoding: SnapshotEncoding<P>;
}

const POLL_MS = 500;
const KEPT_MS = 86_400_000;

/**
 * Lets one of all replicas build the snapshot of a source. It publishes the snapshot, partial ones too, and the others read it. If it
 * ends before that, another replica takes over. A process that cannot reach Redis builds for itself.
 */
export const sharedBuild =
  <P extends Snapshot>(parts: SharedBuildParts<P>, build: BuildSnapshot<P>): BuildSnapshot<P> =>
  async (input) => {
    const { signal } = input;
    let shown = input.former ? stampOf(input.former, true) : '';
    while (!signal.aborted) {
      if (parts.membership.aloneSince !== null) return build(input);
      const found = await newerThan(parts, shown).catch(() => null);
      if (found) {
        if (found.isComplete) return found.snapshot;
        shown = stampOf(found.snapshot, false);
        input.show(found.snapshot);
      }
      const built = await buildForAll(parts, build, input);
      if (built) return built;
      await delay(POLL_MS, undefined, { signal, ref: false }).catch(() => undefined);
    }
    throw toError(signal.reason);
  };

/** @returns null while another replica builds. */
const buildForAll = async <P extends Snapshot>(
  parts: SharedBuildParts<P>,
  build: BuildSnapshot<P>,
  input: BuildInput<P>,
): Promise<P | null> => {
  const lease = await takeLease(parts.link, `${parts.key}:builder`);
  if (!lease) return null;
  try {
    // Another replica may have finished between the last poll and the lease.
    const found = await newerThan(parts, input.former ? stampOf(input.former, true) : '').catch(() => null);
    if (found?.isComplete) return found.snapshot;
    const show = (partial: P) => {
      input.show(partial);
      void publish(parts, partial, false);
    };
    const snapshot = await build({ ...input, show });
    await publish(parts, snapshot, true);
    return snapshot;
  } finally {
    await lease.release();
  }
};

/** Identifies a snapshot by when it was read. Of one reading, the complete snapshot is newer than the partial one. */
const stampOf = ({ readAt }: Snapshot, isComplete: boolean): string => `${readAt} ${isComplete ? 'complete' : 'begun'}`;
const rankOf = (stamp: string): string => stamp.replace(/begun$/, '0').replace(/complete$/, '1');

const publish = async <P extends Snapshot>(
  { link, key, encoding }: SharedBuildParts<P>,
  snapshot: P,
  isComplete: boolean,
): Promise<void> => {
  try {
    const bytes = await encoding.encode(snapshot);
    await link.bulk
      .multi()
      .set(`${key}:snapshot`, bytes, 'PX', KEPT_MS)
      .set(`${key}:stamp`, stampOf(snapshot, isComplete), 'PX', KEPT_MS)
      .exec();
  } catch {
    // The other replicas read the next snapshot, or build one themselves.
  }
};

const newerThan = async <P extends Snapshot>(
  { link, key, encoding }: SharedBuildParts<P>,
  known: string,
): Promise<{ snapshot: P; isComplete: boolean } | null> => {
  const stamp = await link.redis.get(`${key}:stamp`);
  if (stamp === null || rankOf(stamp) <= rankOf(known)) return null;
  const bytes = await link.bulk.getBuffer(`${key}:snapshot`);
  const snapshot = bytes && (await encoding.decode(bytes));
  return snapshot && { snapshot, isComplete: stamp === stampOf(snapshot, true) };
};
