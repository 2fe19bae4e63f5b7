import { createHash } from 'node:crypto';
import type { GatewayConfig } from '#config/config.ts';
import type { World } from '#demo/world/types.ts';
import { createWorld } from '#demo/world/world.ts';
import { createGateway, type Gateway } from '#server/create-gateway.ts';
import { defineConfig } from '#sources/kinds.ts';
import { type Harness, startHarness } from '../../support/harness.ts';
import { until } from '../../support/until.ts';

/** One company twice, behind servers of its own for each tenant: the same ids, addresses, names and even upstream keys. */
export const WORLD = withTaggedServices(createWorld({ seed: 1, resources: 400 }));

export const TENANTS = {
  acme: { sources: ['acme-cloud', 'acme-net'] },
  globex: { sources: ['globex-cloud', 'globex-net'] },
} as const;

export type Tenant = keyof typeof TENANTS;

const keyOf = (tenant: Tenant): string => `${tenant}-${'0'.repeat(32)}`;
export const asTenant = (tenant: Tenant): Record<string, string> => ({ 'x-api-key': keyOf(tenant) });

const auth = {
  mode: 'api-key' as const,
  tenants: { acme: { sources: [...TENANTS.acme.sources] }, globex: { sources: [...TENANTS.globex.sources] } },
  keys: (['acme', 'globex'] as const).map((tenant) => ({
    name: tenant,
    tenant,
    sha256: createHash('sha256').update(keyOf(tenant)).digest('hex'),
  })),
};

type Options = Partial<Pick<GatewayConfig, 'federation'>> & {
  readonly index?: { readonly enabled: boolean; readonly directory: string | null };
  readonly subscriptions?: { readonly busyPollSeconds: number; readonly idlePollSeconds: number };
};

/** A gateway over both tenants' sources; the snapshots of all four are read. */
export const startTwoTenants = async (options: Options = {}): Promise<Harness> => {
  const harness = await startHarness({
    world: () => WORLD,
    scanorbit: [
      { name: 'acme-cloud', movingScans: false },
      { name: 'globex-cloud', movingScans: false },
    ],
    scanopy: [
      { name: 'acme-net', version: '0.17.22' },
      { name: 'globex-net', version: '0.17.22' },
    ],
    config: {
      auth,
      index: { enabled: true, directory: null },
      federation: { enabled: true },
      // Isolation must not be owed to a limit.
      limits: { cost: { scanorbit: 100_000, scanopy: 100_000 }, listSize: 5000 },
      ...options,
    },
  });
  await untilRead(harness.gateway);
  return harness;
};

/** The same upstreams behind a gateway with one tenant only. */
export const startAlone = async (harness: Harness, tenant: Tenant): Promise<Gateway> => {
  const names: readonly string[] = TENANTS[tenant].sources;
  const sources = harness.config.sources
    .filter(({ name }) => names.includes(name))
    .map(({ apiKey, ...source }) => ({ ...source, ...(apiKey && { apiKey: apiKey.reveal() }) }));
  const { limits, federation } = harness.config;
  const gateway = await createGateway(
    defineConfig({
      sources,
      server: { port: 0 },
      index: { directory: null },
      log: { level: 'silent' },
      limits,
      federation,
      auth: {
        ...auth,
        tenants: { [tenant]: auth.tenants[tenant] },
        keys: auth.keys.filter((of) => of.name === tenant),
      },
    }),
  );
  await untilRead(gateway);
  return gateway;
};

/** The demo company tags hosts only: here services bear the tags of their host. */
function withTaggedServices(world: World): World {
  const hosts = world.network.hosts.map((host) => ({
    ...host,
    services: host.services.map((service) => ({ ...service, tagIds: host.tagIds })),
  }));
  return { ...world, network: { ...world.network, hosts } };
}

const untilRead = async ({ sources }: Gateway): Promise<void> => {
  const isRead = () => sources.all.all.every(({ index }) => index === null || index.status().complete);
  await until(isRead);
};
