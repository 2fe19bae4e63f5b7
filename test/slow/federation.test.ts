import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createSubgraph } from '#graphql/federation/subgraph.ts';
import { encodeGlobalId } from '#lib/record-ref.ts';
import { sourceKinds } from '#sources/kinds.ts';
import { pagingOf } from '#sources/paging.ts';
import { schema } from '../../src/schema.ts';
import { COMPOSERS } from '../support/federation/compose.ts';
import { BILLING_SDL } from '../support/federation/neighbours.ts';
import { type Answer, type Harness, type HarnessOptions, startHarness } from '../support/harness.ts';
import { listenBySse } from '../support/listen.ts';
import {
  type Bill,
  type Listening,
  type Running,
  startApolloRouter,
  startBilling,
  startHiveRouter,
} from './routers.ts';

const ask = async <Data = unknown>(url: string, query: string, variables: object = {}): Promise<Answer<Data>> => {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  return { status: response.status, ...((await response.json()) as Omit<Answer<Data>, 'status'>) };
};

interface Ids {
  readonly resources: { nodes: { id: string; resourceId: string; account: { awsAccountNumber: string } }[] };
  readonly hosts: { nodes: { id: string }[]; pageInfo: { endCursor: string } };
}

const UNKNOWN = encodeGlobalId({ type: 'Host', source: 'scanopy', id: '00000000-0000-4000-8000-000000000000' });

const IDS = `{
  resources(first: 1000) { nodes { id resourceId account { awsAccountNumber } } }
  hosts(first: 3) { nodes { id } pageInfo { endCursor } }
}`;

interface Operation {
  readonly title: string;
  readonly document: string;
  readonly variables?: (ids: Ids) => object;
}

/** Twelve questions people ask. */
const OPERATIONS: readonly Operation[] = [
  { title: 'sources', document: '{ sources { name kind serverVersion } }' },
  {
    title: 'accounts, each with a page of its resources',
    document: `{
      organizations { name slug }
      accounts { id name awsAccountNumber status resources(first: 2) { totalCount nodes { name } } }
    }`,
  },
  {
    title: 'a page of resources with account and findings',
    document: `{ resources(first: 20) { totalCount edges { cursor node {
      resourceId tags { key value } costEstimateMonthly account { name } findings(first: 2) { nodes { severity } }
    } } } }`,
  },
  {
    title: 'a filter in variables',
    document: `query ($filter: ResourceFilter) {
      resources(first: 5, filter: $filter) { totalCount nodes { service region } pageInfo { hasNextPage endCursor } }
    }`,
    variables: () => ({ filter: { service: ['ec2'] } }),
  },
  {
    title: 'one resource by its ARN',
    document: 'query ($by: ResourceBy!) { resource(by: $by) { id name displayName } }',
    variables: ({ resources }) => ({ by: { resourceId: resources.nodes[0]?.resourceId } }),
  },
  {
    title: 'open findings',
    document: `{ findings(first: 10, filter: { status: [OPEN] }) {
      totalCount nodes { id type severity resource { name } account { name } }
    } }`,
  },
  {
    title: 'statistics',
    document: `{
      resourceStats { total byService { key count } }
      findingStats { total bySeverity { key count } }
      resourceRegions
    }`,
  },
  {
    title: 'hosts with what is on them',
    document: `{ hosts(first: 5) { nodes {
      id displayName addresses { address subnet { cidr } } network { name } tags { name }
      services { name definition bindings { port { number protocol } } }
    } } }`,
  },
  {
    title: 'the next page of hosts',
    document: `query ($after: String) {
      hosts(first: 5, after: $after) { nodes { name } pageInfo { hasPreviousPage startCursor } }
    }`,
    variables: ({ hosts }) => ({ after: hosts.pageInfo.endCursor }),
  },
  {
    title: 'dependents over the interface Asset',
    document: `query ($id: ID!) { host(id: $id) { dependents(first: 5) { totalCount edges {
      kind confidence target { kind identifier } node { __typename id displayName ... on Service { definition } }
    } } } }`,
    variables: ({ hosts }) => ({ id: hosts.nodes[0]?.id }),
  },
  {
    title: 'records of several types by id, one of them unknown',
    document: `query ($ids: [ID!]!) {
      nodes(ids: $ids) { __typename id ... on Resource { resourceId } ... on Host { name } }
    }`,
    variables: ({ resources, hosts }) => ({ ids: [resources.nodes[0]?.id, hosts.nodes[0]?.id, UNKNOWN] }),
  },
  {
    title: 'aliases, fragments and conditions',
    document: `query ($deep: Boolean!) {
      a: subnets(first: 2) { ...S }
      b: networks(first: 2) { nodes { name subnets(first: 1) @include(if: $deep) { ...S } } }
      vlans { number name }
    }
    fragment S on SubnetConnection { totalCount nodes { name cidr } }`,
    variables: () => ({ deep: true }),
  },
];

interface Supergraph {
  readonly inventory: Harness;
  readonly router: Running;
  close(): Promise<void>;
}

type StartRouter = (supergraphSdl: string) => Promise<Running>;

const startSupergraph = async (
  composer: string,
  startRouter: StartRouter,
  bills: readonly Bill[] = [],
  config: HarnessOptions['config'] = {},
): Promise<Supergraph> => {
  const inventory = await startHarness({
    scanorbit: [{ movingScans: false }],
    scanopy: [{}],
    config: { ...config, federation: { enabled: true } },
  });
  const billing = await startBilling(bills);
  const compose = COMPOSERS.find(([name]) => name === composer)?.[1];
  const composition = compose?.([
    {
      name: 'inventory',
      url: inventory.url,
      sdl: createSubgraph(schema, { ...inventory.config.federation, paging: pagingOf(sourceKinds) }).sdl,
    },
    { name: 'billing', url: billing.url, sdl: BILLING_SDL },
  ]);
  const router = await startRouter(composition?.supergraphSdl ?? '');
  return {
    inventory,
    router,
    close: async () => {
      for (const running of [router, billing, inventory]) await running.close();
    },
  };
};

describe.each([
  ['@apollo/gateway', '@apollo/composition', startApolloRouter],
  ['@graphql-hive/gateway', '@theguild/federation-composition', startHiveRouter],
])('behind %s', (_, composer, startRouter) => {
  let supergraph: Supergraph;
  let ids: Ids;

  beforeAll(async () => {
    supergraph = await startSupergraph(composer, startRouter);
    ids = (await supergraph.inventory.query<Ids>(IDS)).data;
  }, 60_000);
  afterAll(() => supergraph.close());

  it.each(OPERATIONS)('gives the same answer as the gateway alone: $title', async ({ document, variables }) => {
    const alone = await ask(supergraph.inventory.url, document, variables?.(ids));
    const routed = await ask(supergraph.router.url, document, variables?.(ids));
    expect(alone.errors).toBeUndefined();
    expect(routed.errors).toBeUndefined();
    expect(routed.data).toEqual(alone.data);
  });

  it('leads from 100 bills to their resources and accounts for no more calls than the native batch takes', async () => {
    const chosen = spread(ids.resources.nodes.filter(({ resourceId }) => isUnique(ids, resourceId)));
    expect(chosen).toHaveLength(100);
    const bills = chosen.map(({ resourceId, account }) => ({ resourceId, ...account }));
    const NATIVE = 'query ($ids: [ID!]!) { nodes(ids: $ids) { id ... on Resource { name } } accounts { id name } }';
    const native = await startHarness({ scanorbit: [{}], scanopy: [{}] });
    const fresh = await startSupergraph(composer, startRouter, bills);
    try {
      expect((await ask(native.url, NATIVE, { ids: chosen.map(({ id }) => id) })).errors).toBeUndefined();
      const { data, errors } = await ask<{ bills: { resource: { id: string } }[] }>(
        fresh.router.url,
        '{ bills { resource { id name monthToDate } account { name owner } } }',
      );
      expect(errors).toBeUndefined();
      expect(data.bills.map(({ resource }) => resource.id)).toEqual(chosen.map(({ id }) => id));
      expect(fresh.inventory.upstreamCalls()).toBeLessThanOrEqual(native.upstreamCalls());
    } finally {
      await Promise.all([native.close(), fresh.close()]);
    }
  });
});

interface Heard {
  readonly data: {
    readonly scanUpdated: {
      readonly status: string;
      readonly account: { readonly name: string; readonly owner: string };
    };
  };
}

describe('subscriptions through a router', () => {
  it.each<Listening>(['sse', 'websockets'])(
    'an event comes over %s, with what another subgraph adds',
    async (listening) => {
      const { inventory, router, close } = await startSupergraph(
        '@theguild/federation-composition',
        (sdl) => startHiveRouter(sdl, listening),
        [],
        { subscriptions: { busyPollSeconds: 0.2, idlePollSeconds: 60 } },
      );
      try {
        const [cloud] = inventory.scanorbit;
        const { data } = await inventory.query<{ accounts: { sourceId: string; name: string }[] }>(
          '{ accounts { sourceId name } }',
        );
        const [account] = data.accounts;
        const listener = await listenBySse<Heard>(
          router.url,
          'subscription { scanUpdated { status account { name owner } } }',
        );
        await vi.waitUntil(() => (cloud?.countOf('/scans/active') ?? 0) > 2, { timeout: 90_000 });
        cloud?.completeScan(account?.sourceId ?? '');
        const heard = await listener.hears(({ data: { scanUpdated } }) => scanUpdated.status === 'COMPLETE');
        listener.leave();
        expect(heard.data.scanUpdated.account).toEqual({ name: account?.name, owner: 'finance' });
      } finally {
        await close();
      }
    },
    60_000,
  );
});

const isUnique = ({ resources }: Ids, resourceId: string): boolean =>
  resources.nodes.filter((of) => of.resourceId === resourceId).length === 1;

/** A hundred from all over the list. */
const spread = <T>(list: readonly T[]): T[] =>
  list.filter((_, i) => i % Math.floor(list.length / 100) === 0).slice(0, 100);
