import { execFile } from 'node:child_process';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { World } from '#demo/world/types.ts';
import { createWorld } from '#demo/world/world.ts';
import { type Harness, startHarness } from '../support/harness.ts';
import { untilIndexed } from '../support/indexed-gateway.ts';

const EXAMPLE = join(dirname(dirname(import.meta.dirname)), 'examples/backstage');
const run = promisify(execFile);

/** Null, or why the packages of the example are not here. */
const notInstalled = await run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
  cwd: EXAMPLE,
  timeout: 60_000,
}).then(
  () => null,
  (error: Error) => error.message.split('\n').at(0) ?? 'npm ci failed',
);

interface Indexes {
  readonly sources: readonly { readonly index: { readonly complete: boolean } }[];
}

interface Entity {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly title: string; readonly annotations: Record<string, string> };
  readonly spec: { readonly owner: string; readonly system?: string; readonly dependsOn?: readonly string[] };
}

interface Mutation {
  readonly type: 'full' | 'delta';
  readonly entities?: readonly { readonly entity: Entity; readonly locationKey: string }[];
  readonly added?: readonly { readonly entity: Entity; readonly locationKey: string }[];
  readonly removed?: readonly unknown[];
}

interface Provider {
  connect(connection: { applyMutation(mutation: Mutation): Promise<void> }): Promise<void>;
}

interface Policy {
  enforce(entity: Entity): Promise<Entity | undefined>;
}

interface CatalogModel {
  readonly EntityPolicies: { allOf(policies: readonly Policy[]): Policy };
  readonly SchemaValidEntityPolicy: new () => Policy;
  readonly NoForeignRootFieldsEntityPolicy: new () => Policy;
  readonly FieldFormatEntityPolicy: new () => Policy;
  readonly resourceEntityV1alpha1Validator: { check(entity: Entity): Promise<boolean> };
  readonly systemEntityV1alpha1Validator: { check(entity: Entity): Promise<boolean> };
}

/** What the catalog keeps of one provider: a full mutation replaces it, a delta adds to it. */
class Catalog {
  readonly entities = new Map<string, Entity>();
  readonly mutations: Mutation['type'][] = [];

  async applyMutation({ type, entities = [], added = [], removed = [] }: Mutation): Promise<void> {
    this.mutations.push(type);
    expect(removed).toEqual([]);
    if (type === 'full') this.entities.clear();
    for (const { entity, locationKey } of [...entities, ...added]) {
      expect(locationKey).not.toBe('');
      this.entities.set(entity.metadata.name, entity);
    }
  }

  of(kind: string): Entity[] {
    return [...this.entities.values()].filter((entity) => entity.kind === kind);
  }
}

describe.skipIf(notInstalled !== null)(
  `the example for Backstage${notInstalled ? ` (not installed: ${notInstalled})` : ''}`,
  () => {
    let harness: Harness | undefined;
    const lines: string[] = [];

    afterEach(async () => {
      await harness?.close();
      lines.length = 0;
    });

    const start = async (world: World): Promise<Harness> => {
      harness = await startHarness({
        scanorbit: [{ movingScans: false }],
        scanopy: [{}],
        world: () => world,
        config: { index: { enabled: true, directory: null } },
      });
      return harness;
    };

    /** Connects a provider to the catalog, and has its schedule run once. */
    const refresh = async ({ url }: Harness, catalog: Catalog): Promise<void> => {
      const path = pathToFileURL(join(EXAMPLE, 'src/inventory-entity-provider.ts')).href;
      const { InventoryEntityProvider } = (await import(/* @vite-ignore */ path)) as {
        InventoryEntityProvider: new (options: object) => Provider;
      };
      const note = (line: string): number => lines.push(line);
      const provider = new InventoryEntityProvider({
        url: url.replace('/graphql', ''),
        defaultOwner: 'group:default/unknown',
        ownerTags: ['Owner', 'team'],
        logger: { info: note, warn: note },
        schedule: { run: (task: { fn(signal: AbortSignal): Promise<void> }) => task.fn(new AbortController().signal) },
      });
      await provider.connect(catalog);
    };

    it('fits the types of Backstage', async () => {
      await run(join(EXAMPLE, 'node_modules/.bin/tsc'), ['--noEmit'], { cwd: EXAMPLE });
    }, 60_000);

    it('makes of every account and network a System, of every asset a Resource that the catalog takes', async () => {
      const world = createWorld({ seed: 1 });
      const { accounts, resources } = world.cloud;
      const { networks, hosts } = world.network;
      const gateway = await start(world);
      await untilIndexed(gateway);
      const catalog = new Catalog();
      await refresh(gateway, catalog);

      expect(catalog.mutations).toEqual(['full']);
      expect(catalog.of('System')).toHaveLength(accounts.length + networks.length);
      const services = hosts.flatMap((host) => host.services);
      expect(catalog.of('Resource')).toHaveLength(resources.length + hosts.length + services.length);

      const model = (await import(
        /* @vite-ignore */ pathToFileURL(join(EXAMPLE, 'node_modules/@backstage/catalog-model/dist/index.cjs.js')).href
      )) as CatalogModel;
      const policy = model.EntityPolicies.allOf([
        new model.SchemaValidEntityPolicy(),
        new model.NoForeignRootFieldsEntityPolicy(),
        new model.FieldFormatEntityPolicy(),
      ]);
      for (const entity of catalog.entities.values()) {
        await policy.enforce(entity);
        const { resourceEntityV1alpha1Validator: resource, systemEntityV1alpha1Validator: system } = model;
        expect(await (entity.kind === 'System' ? system : resource).check(entity)).toBe(true);
      }
    }, 60_000);

    it('relates assets with what they depend on, where they belong and who owns them', async () => {
      const gateway = await start(createWorld({ seed: 1 }));
      await untilIndexed(gateway);
      const catalog = new Catalog();
      await refresh(gateway, catalog);
      const resources = catalog.of('Resource');
      const systems = new Set(catalog.of('System').map(({ metadata }) => metadata.name));
      for (const { spec } of resources) expect(systems).toContain(spec.system);
      const targets = resources.flatMap(({ spec }) => spec.dependsOn ?? []);
      expect(targets.length).toBeGreaterThan(resources.length / 2);
      for (const target of targets) expect(catalog.entities.has(target.replace('resource:default/', ''))).toBe(true);
      expect(new Set(resources.map(({ spec }) => spec.owner))).toEqual(
        new Set(
          ['platform', 'payments', 'storefront', 'data', 'storage', 'unknown'].map((name) => `group:default/${name}`),
        ),
      );
    }, 60_000);

    it('says what reading everything cost: a few pages, however many assets there are', async () => {
      const gateway = await start(createWorld({ seed: 1 }));
      await untilIndexed(gateway);
      gateway.resetUpstreamCalls();
      await refresh(gateway, new Catalog());
      expect(lines).toEqual([expect.stringContaining(`for ${gateway.upstreamCalls()} upstream requests.`)]);
      expect(gateway.upstreamCalls()).toBeLessThanOrEqual(8);
    }, 60_000);

    it('removes nothing because a source cannot be read, and what is gone once all can be', async () => {
      const world = createWorld({ seed: 1 });
      const catalog = new Catalog();
      const whole = await start(world);
      await untilIndexed(whole);
      await refresh(whole, catalog);
      const count = catalog.entities.size;
      await whole.close();

      const [gone, ...left] = world.cloud.resources;
      const less = await start({ ...world, cloud: { ...world.cloud, resources: left } });
      const [network] = less.scanopy;
      network?.faults.add({ kind: 'unauthorized' });
      await vi.waitFor(async () => {
        const { data } = await less.query<Indexes>('{ sources { index { complete } } }');
        expect(data.sources.map(({ index }) => index.complete)).toEqual([true, false]);
      }, 20_000);
      await refresh(less, catalog);
      expect(catalog.mutations).toEqual(['full', 'delta']);
      expect(catalog.entities.size).toBe(count);
      expect(lines.at(-1)).toContain('Nothing was removed');

      await less.close();
      const again = await start({ ...world, cloud: { ...world.cloud, resources: left } });
      await untilIndexed(again);
      await refresh(again, catalog);
      expect(catalog.mutations).toEqual(['full', 'delta', 'full']);
      expect(catalog.entities.size).toBe(count - 1);
      const ids = [...catalog.entities.values()].map(({ metadata }) => metadata.annotations['inventory-gateway/id']);
      expect(ids).not.toContain(Buffer.from(`Resource:scanorbit:${gone?.id}`).toString('base64url'));
    }, 60_000);
  },
);
