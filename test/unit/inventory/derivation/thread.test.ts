import { afterEach, describe, expect, it } from 'vitest';
import { type DerivationThread, openDerivationThread } from '#inventory/derivation/derivation-worker.ts';
import { DerivationError, Deriver, type DeriverOptions } from '#inventory/derivation/deriver.ts';
import { Derived } from '#inventory/derived.ts';
import { openGraph } from '#inventory/graph/open-graph.ts';
import { Inventory } from '#inventory/inventory.ts';
import { InventoryKeeper } from '#inventory/inventory-keeper.ts';
import type { Snapshot } from '#inventory/snapshot/snapshot.ts';
import { encodeGlobalId } from '#lib/record-ref.ts';
import { host, resource } from '../../../support/records.ts';
import { asDerived, derivedAnew } from './derived-anew.ts';
import { type Change, changed, emptyWorld } from './random-worlds.ts';

const instance = (id: string): Change => ({
  kind: 'PUT_RESOURCE',
  source: 'cloud-1',
  row: resource({ id, source: 'cloud-1', resourceId: 'i-0123456789abcdef0' }),
  edges: [],
});
const machine = (id: string): Change => ({
  kind: 'PUT_HOST',
  source: 'net-1',
  row: host({ id, source: 'net-1', hostname: 'i-0123456789abcdef0.eu-west-1.compute.internal' }),
});
const world = changed(emptyWorld(), [instance('r-1'), machine('h-1')]);
const later = changed(world, [machine('h-2'), { kind: 'DROP', source: 'net-1', id: 'h-1' }]);

const open: Deriver[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((deriver) => deriver.close()));
});

const opened = (options: Partial<DeriverOptions> = {}) => {
  const threads: DerivationThread[] = [];
  const failures: Error[] = [];
  const deriver = new Deriver({
    threadFrom: 0,
    onFailure: (error) => failures.push(error),
    open: () => {
      const thread = openDerivationThread();
      threads.push(thread);
      return thread;
    },
    ...options,
  });
  open.push(deriver);
  return { deriver, threads, failures };
};

/** A thread that ends whenever something is asked of it. */
const endingThread = (): DerivationThread => {
  const thread = openDerivationThread();
  return {
    ...thread,
    derive: async (request) => {
      await thread.close();
      return thread.derive(request);
    },
  };
};

describe('the thread that derives', () => {
  it('is replaced when it ends; the next one is told everything, and the failure is reported', async () => {
    const { deriver, threads, failures } = opened();
    await deriver.derive(new Inventory(world, []));
    await threads[0]?.close();
    const inventory = new Inventory(later, []);
    const anew = derivedAnew(inventory);
    expect(asDerived(new Derived(inventory, await deriver.derive(inventory)), anew)).toEqual(anew);
    expect(threads).toHaveLength(2);
    expect(failures).toHaveLength(1);
  });

  it('fails the first answers when it ends twice, and is then left alone for a while', async () => {
    let tries = 0;
    let now = 0;
    const clock = { now: () => now, sleep: async () => {} } as unknown as NonNullable<DeriverOptions['clock']>;
    const { deriver, failures } = opened({
      clock,
      open: () => {
        tries += 1;
        return endingThread();
      },
    });
    const ask = () => deriver.derive(new Inventory(world, []));
    await expect(ask()).rejects.toBeInstanceOf(DerivationError);
    await expect(ask()).rejects.toBeInstanceOf(DerivationError);
    expect([tries, failures.length]).toEqual([2, 2]);
    now = 6_000;
    await expect(ask()).rejects.toBeInstanceOf(DerivationError);
    expect(tries).toBe(2);
    // That it was asked meanwhile does not make the pause any longer.
    now = 12_000;
    await expect(ask()).rejects.toBeInstanceOf(DerivationError);
    expect(tries).toBe(4);
  });
});

describe('an inventory that is derived in a thread', () => {
  const kept = (deriver: Deriver) => {
    let snapshots: readonly Snapshot[] = world;
    const sources = world.map(({ source }, i) => ({ name: source, index: { snapshot: () => snapshots[i] ?? null } }));
    const keeper = new InventoryKeeper(sources, deriver);
    return { keeper, read: (next: readonly Snapshot[]) => (snapshots = next) };
  };
  const linked = (derived: Derived) => derived.links.map((link) => `${link.host.id}=${link.resource.id}`);

  it('has its first answers wait, and later ones show the former derivation until the new one is there', async () => {
    const { keeper, read } = kept(opened().deriver);
    expect(keeper.derivedNow()).toBeNull();
    expect(linked(await keeper.derived())).toEqual(['h-1=r-1']);
    expect(keeper.formerDerivation()).toBeNull();

    read(changed(world, [machine('h-2')]));
    const former = keeper.formerDerivation();
    expect(former).not.toBeNull();
    expect(linked(await keeper.derived())).toEqual(['h-1=r-1']);

    await expect.poll(() => keeper.formerDerivation()).toBeNull();
    expect(linked(await keeper.derived())).toEqual([]);
  });

  it('has those wait who must not be shown the former one', async () => {
    const { keeper, read } = kept(opened().deriver);
    await keeper.derived();
    read(changed(world, [machine('h-2')]));
    const settled = keeper.settled();
    // Another reading meanwhile.
    read(later);
    await settled;
    expect(linked(await keeper.derived())).toEqual(['h-2=r-1']);
  });

  it('shows of the former derivation nothing that is gone', async () => {
    const { keeper, read } = kept(opened().deriver);
    await keeper.derived();
    read(changed(world, [{ kind: 'DROP', source: 'net-1', id: 'h-1' }]));
    const derived = keeper.derivedNow();
    expect(derived && linked(derived)).toEqual([]);
    expect(derived?.aliases.lookup('i-0123456789abcdef0').map(({ owner }) => owner.id)).toEqual(['r-1']);
    expect(derived?.arrows?.arrowsOf(encodeGlobalId({ type: 'Resource', source: 'cloud-1', id: 'r-1' }))).toEqual([]);
  });

  it('counts among the unmatched of the former derivation none that is gone', async () => {
    const stranger: Change = { kind: 'PUT_HOST', source: 'net-1', row: host({ id: 'h-3', source: 'net-1' }) };
    const { keeper, read } = kept(opened().deriver);
    read(changed(world, [stranger, { ...stranger, row: { ...stranger.row, id: 'h-4' } }]));
    const idsOf = ({ unmatched: { network } }: Derived) =>
      network.slice(0, network.length).map(({ asset }) => asset.id);
    expect(idsOf(await keeper.derived())).toEqual(['h-3', 'h-4']);
    read(changed(world, [stranger]));
    const derived = keeper.derivedNow();
    expect(derived && idsOf(derived)).toEqual(['h-3']);
  });

  it('reads the relations of what is newer than the former derivation from its source: they are unknown, not none', async () => {
    const { keeper, read } = kept(opened().deriver);
    await keeper.derived();
    read(changed(world, [machine('h-2')]));
    const derived = keeper.derivedNow();
    if (!derived) throw new Error('Expected the former derivation, got none.');
    const asked: string[] = [];
    const graph = openGraph({
      isOnlyForward: false,
      derived,
      read: async ({ id }) => {
        asked.push(id);
        return null;
      },
      report: () => {},
    });
    for (const id of ['h-1', 'h-2']) await graph.arrowsOf(encodeGlobalId({ type: 'Host', source: 'net-1', id }));
    expect(asked).toEqual(['h-2']);
  });

  it('goes on with the former derivation when the thread ends', async () => {
    let isFirst = true;
    const { keeper, read } = kept(
      opened({
        open: () => {
          const thread = isFirst ? openDerivationThread() : endingThread();
          const derive: DerivationThread['derive'] = async (request) => {
            if (!isFirst) await thread.close();
            isFirst = false;
            return thread.derive(request);
          };
          return { ...thread, derive };
        },
      }).deriver,
    );
    await keeper.derived();
    read(changed(world, [machine('h-2')]));
    for (let i = 0; i < 3; i += 1) expect(linked(await keeper.derived())).toEqual(['h-1=r-1']);
  });
});
