import { setTimeout as delay } from 'node:timers/promises';
import type { BuildInput, BuildPicture } from '#inventory/snapshot/build-picture.ts';
import type { Picture } from '#inventory/snapshot/picture.ts';
import type { PictureCodec } from '#inventory/snapshot/picture-codec.ts';
import { toError } from '#lib/gateway-error.ts';
import { takeLease } from './lease.ts';
import type { Membership } from './membership.ts';
import type { RedisLink } from './redis-link.ts';

export interface SharedBuildParts<P extends Picture> {
  readonly link: RedisLink;
  readonly membership: Membership;
  readonly key: string;
  readonly codec: PictureCodec<P>;
}

const LOOK_MS = 500;
const KEPT_MS = 86_400_000;

/**
 * One builder of a source's picture among all replicas: it publishes, the others read, also what it shows half-way. When it dies,
 * another begins. A process that is alone builds for itself.
 */
export const sharedBuild =
  <P extends Picture>(parts: SharedBuildParts<P>, build: BuildPicture<P>): BuildPicture<P> =>
  async (input) => {
    const { signal } = input;
    let shown = input.former ? stampOf(input.former, true) : '';
    while (!signal.aborted) {
      if (parts.membership.aloneSince !== null) return build(input);
      const found = await newerThan(parts, shown).catch(() => null);
      if (found) {
        if (found.isComplete) return found.picture;
        shown = stampOf(found.picture, false);
        input.show(found.picture);
      }
      const built = await buildForAll(parts, build, input);
      if (built) return built;
      await delay(LOOK_MS, undefined, { signal, ref: false }).catch(() => undefined);
    }
    throw toError(signal.reason);
  };

/** @returns null while another one builds. */
const buildForAll = async <P extends Picture>(
  parts: SharedBuildParts<P>,
  build: BuildPicture<P>,
  input: BuildInput<P>,
): Promise<P | null> => {
  const lease = await takeLease(parts.link, `${parts.key}:builder`);
  if (!lease) return null;
  try {
    // Somebody may have finished between the last look and the lease.
    const found = await newerThan(parts, input.former ? stampOf(input.former, true) : '').catch(() => null);
    if (found?.isComplete) return found.picture;
    const show = (partial: P) => {
      input.show(partial);
      void publish(parts, partial, false);
    };
    const picture = await build({ ...input, show });
    await publish(parts, picture, true);
    return picture;
  } finally {
    await lease.release();
  }
};

/** Stamps sort by age; of one reading, the complete picture comes after the one that lacks edges. */
const stampOf = ({ readAt }: Picture, isComplete: boolean): string => `${readAt} ${isComplete ? 'complete' : 'begun'}`;
const rankOf = (stamp: string): string => stamp.replace(/begun$/, '0').replace(/complete$/, '1');

const publish = async <P extends Picture>(
  { link, key, codec }: SharedBuildParts<P>,
  picture: P,
  isComplete: boolean,
): Promise<void> => {
  try {
    const bytes = await codec.encode(picture);
    await link.bulk
      .multi()
      .set(`${key}:picture`, bytes, 'PX', KEPT_MS)
      .set(`${key}:stamp`, stampOf(picture, isComplete), 'PX', KEPT_MS)
      .exec();
  } catch {
    // The others build for themselves, or read the next one.
  }
};

const newerThan = async <P extends Picture>(
  { link, key, codec }: SharedBuildParts<P>,
  known: string,
): Promise<{ picture: P; isComplete: boolean } | null> => {
  const stamp = await link.redis.get(`${key}:stamp`);
  if (stamp === null || rankOf(stamp) <= rankOf(known)) return null;
  const bytes = await link.bulk.getBuffer(`${key}:picture`);
  const picture = bytes && (await codec.decode(bytes));
  return picture && { picture, isComplete: stamp === stampOf(picture, true) };
};
