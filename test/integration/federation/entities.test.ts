import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSubgraph } from '#graphql/federation/subgraph.ts';
import { encodeGlobalId } from '#lib/record-ref.ts';
import { schema } from '#schema.ts';
import { sourceKinds } from '#sources/kinds.ts';
import { pagingOf } from '#sources/paging.ts';
import { type Answer, type Harness, startHarness } from '../../support/harness.ts';

const ENTITIES = `query ($of: [_Any!]!) {
  _entities(representations: $of) { __typename ... on Node { id } ... on Resource { resourceId name } ... on CloudAccount { awsAccountNumber } ... on Host { hostname } }
}`;
interface Entity {
  readonly __typename: string;
  readonly id: string;
  readonly resourceId?: string;
}
type Entities = { readonly _entities: readonly (Entity | null)[] };

const start = (typePrefix = '', clouds = 1, networks = 1) =>
  startHarness({
    scanorbit: Array.from({ length: clouds }, () => ({})),
    scanopy: Array.from({ length: networks }, () => ({})),
    config: { federation: { enabled: true, typePrefix } },
  });

const entities = (harness: Harness, of: readonly unknown[]): Promise<Answer<Entities>> =>
  harness.query<Entities>(ENTITIES, { of });

describe('_entities', () => {
  let harness: Harness;
  let resources: readonly { id: string; resourceId: string }[];
  let accounts: readonly { id: string; awsAccountNumber: string }[];
  let hosts: readonly { id: string; hostname: string | null }[];

  beforeAll(async () => {
    harness = await start();
    const { data } = await harness.query<{
      resources: { nodes: typeof resources };
      accounts: typeof accounts;
      hosts: { nodes: typeof hosts };
    }>(
      '{ resources(first: 1000) { nodes { id resourceId } } accounts { id awsAccountNumber } hosts(first: 500) { nodes { id hostname } } }',
    );
    resources = data.resources.nodes;
    accounts = data.accounts;
    hosts = data.hosts.nodes;
  });
  afterAll(() => harness.close());

  /** Upstream calls that `run` costs a gateway that has seen nothing yet. */
  const costOf = async (run: (fresh: Harness) => Promise<Answer<unknown>>): Promise<number> => {
    const fresh = await start();
    try {
      const { errors } = await run(fresh);
      expect(errors?.filter(({ extensions }) => extensions.reason !== 'AMBIGUOUS_KEY') ?? []).toEqual([]);
      return fresh.upstreamCalls();
    } finally {
      await fresh.close();
    }
  };

  it('serves the text that composers read', async () => {
    const { data } = await harness.query<{ _service: { sdl: string } }>('{ _service { sdl } }');
    expect(data._service.sdl).toBe(
      createSubgraph(schema, { nodeFields: true, typePrefix: '', paging: pagingOf(sourceKinds) }).sdl,
    );
  });

  const NODES = 'query ($ids: [ID!]!) { nodes(ids: $ids) { id ... on Resource { resourceId name } } }';

  it.each([
    ['from all over the inventory', () => resources.filter((_, i) => i % Math.floor(resources.length / 100) === 0)],
    [
      'that were seen last, with ARNs',
      () => resources.slice(0, 100).filter(({ resourceId }) => /^arn:/.test(resourceId)),
    ],
  ])('cost, by id or by ARN, at most what the native batch costs: resources %s', async (_, choose) => {
    const wanted = choose().slice(0, 100);
    expect(wanted.length).toBeGreaterThan(20);
    const native = await costOf((fresh) => fresh.query(NODES, { ids: wanted.map(({ id }) => id) }));
    const byId = await costOf((fresh) =>
      entities(
        fresh,
        wanted.map(({ id }) => ({ __typename: 'Resource', id })),
      ),
    );
    const byArn = await costOf((fresh) =>
      entities(
        fresh,
        wanted.map(({ resourceId }) => ({ __typename: 'Resource', resourceId })),
      ),
    );
    expect(native).toBeLessThan(wanted.length);
    expect(byId).toBeLessThanOrEqual(native);
    expect(byArn).toBeLessThanOrEqual(native);
  });

  it('costs one call for any number of accounts by AWS account number', async () => {
    const of = accounts.map(({ awsAccountNumber }) => ({ __typename: 'CloudAccount', awsAccountNumber }));
    expect(await costOf((fresh) => entities(fresh, [...of, ...of]))).toBe(1);
    const { data } = await entities(harness, of);
    expect(data._entities.map((entity) => entity?.id)).toEqual(accounts.map(({ id }) => id));
  });

  it('fails each bad representation in its own place, and no other', async () => {
    const [resource] = resources;
    const [host] = hosts;
    const { data, errors = [] } = await entities(harness, [
      { __typename: 'Resource', id: resource?.id },
      { __typename: 'Spaceship', id: resource?.id },
      { __typename: 'Resource', id: 'no id at all' },
      { __typename: 'Resource', id: host?.id },
      { __typename: 'Resource' },
      { id: resource?.id },
      'not even an object',
      { __typename: 'Host', id: host?.id },
    ]);
    expect(data._entities.map((entity) => entity?.id ?? null)).toEqual([
      resource?.id,
      ...Array(6).fill(null),
      host?.id,
    ]);
    expect(errors.map(({ path }) => path)).toEqual([1, 2, 3, 4, 5, 6].map((i) => ['_entities', i]));
    expect(new Set(errors.map(({ extensions }) => extensions.code))).toEqual(new Set(['BAD_USER_INPUT']));
  });

  it('returns null without an error for what no source has', async () => {
    const unknown = encodeGlobalId({
      type: 'Resource',
      source: 'scanorbit',
      id: '00000000-0000-4000-8000-000000000000',
    });
    const { data, errors } = await entities(harness, [
      { __typename: 'Resource', id: unknown },
      { __typename: 'Resource', resourceId: 'arn:aws:ec2:eu-west-1:000000000000:instance/i-0' },
      { __typename: 'CloudAccount', awsAccountNumber: '000000000000' },
      { __typename: 'Host', hostname: 'nowhere.invalid' },
    ]);
    expect(errors).toBeUndefined();
    expect(data._entities).toEqual([null, null, null, null]);
  });

  it('finds a host by a host name that only one carries, however it is written, and guesses at none that several carry', async () => {
    const byName = Map.groupBy(
      hosts.filter(({ hostname }) => hostname),
      ({ hostname }) => hostname?.toLowerCase(),
    );
    const unique = [...byName.values()].find((of) => of.length === 1)?.[0];
    const shared = [...byName.values()].find((of) => of.length > 1)?.[0];
    expect(unique && shared).toBeDefined();
    const { data, errors = [] } = await entities(harness, [
      { __typename: 'Host', hostname: `${unique?.hostname?.toUpperCase()}.` },
      { __typename: 'Host', hostname: shared?.hostname },
    ]);
    expect(data._entities.map((entity) => entity?.id ?? null)).toEqual([unique?.id, null]);
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatchObject({
      path: ['_entities', 1],
      extensions: { code: 'BAD_USER_INPUT', reason: 'AMBIGUOUS_KEY' },
    });
  });
});

describe('two organizations that connected the same AWS accounts', () => {
  it('make account numbers and ARNs ambiguous, each in its place, with the candidates named', async () => {
    const one = await start();
    const { data: known } = await one.query<{
      accounts: { awsAccountNumber: string }[];
      resources: { nodes: { resourceId: string }[] };
    }>('{ accounts { awsAccountNumber } resources(first: 1) { nodes { resourceId } } }');
    const [{ url, apiKey } = { url: '', apiKey: '' }] = one.scanorbit;
    const twice = ['east', 'west'].map((name) => ({ name, kind: 'scanorbit' as const, url, apiKey }));
    const { defineConfig } = await import('#sources/kinds.ts');
    const { createGateway } = await import('#server/create-gateway.ts');
    const gateway = await createGateway(
      defineConfig({
        sources: twice,
        server: { port: 0 },
        index: { enabled: false },
        log: { level: 'silent' },
        federation: { enabled: true },
      }),
    );
    try {
      const of = [
        { __typename: 'CloudAccount', awsAccountNumber: known.accounts[0]?.awsAccountNumber },
        { __typename: 'Resource', resourceId: known.resources.nodes[0]?.resourceId },
      ];
      const response = await fetch(gateway.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query: ENTITIES, variables: { of } }),
      });
      const { data, errors } = (await response.json()) as Answer<Entities>;
      expect(data._entities).toEqual([null, null]);
      expect(errors?.map(({ path, extensions }) => [path, extensions.reason])).toEqual([
        [['_entities', 0], 'AMBIGUOUS_KEY'],
        [['_entities', 1], 'AMBIGUOUS_KEY'],
      ]);
      expect(errors?.[0]?.extensions.candidates).toHaveLength(2);
    } finally {
      await gateway.close();
      await one.close();
    }
  });
});

describe('types under a prefix', () => {
  it('keep their ids, resolve as members of interfaces, and as entities', async () => {
    const [plain, prefixed] = await Promise.all([startHarness({ scanorbit: [{}], scanopy: [{}] }), start('Inventory')]);
    try {
      const LIST = '{ hosts(first: 3) { nodes { __typename id } } }';
      const { data } = await plain.query<{ hosts: { nodes: Entity[] } }>(LIST);
      const same = await prefixed.query<{ hosts: { nodes: Entity[] } }>(LIST);
      const ids = data.hosts.nodes.map(({ id }) => id);
      expect(same.data.hosts.nodes).toEqual(ids.map((id) => ({ __typename: 'InventoryHost', id })));
      const nodes = await prefixed.query<{ nodes: Entity[] }>(
        'query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id ... on InventoryAsset { displayName } } }',
        { ids },
      );
      expect(nodes.errors).toBeUndefined();
      expect(nodes.data.nodes.map(({ __typename }) => __typename)).toEqual(ids.map(() => 'InventoryHost'));
      const ENTITY =
        'query ($of: [_Any!]!) { _entities(representations: $of) { __typename ... on InventoryHost { id } } }';
      const found = await prefixed.query<Entities>(ENTITY, {
        of: ids.map((id) => ({ __typename: 'InventoryHost', id })),
      });
      expect(found.data._entities.map((entity) => entity?.id)).toEqual(ids);
    } finally {
      await Promise.all([plain.close(), prefixed.close()]);
    }
  });
});

it('leaves the plain schema without federation machinery while federation is off', async () => {
  const plain = await startHarness();
  try {
    const { errors } = await plain.query('{ _service { sdl } }');
    expect(errors?.[0]?.message).toContain('_service');
  } finally {
    await plain.close();
  }
});
