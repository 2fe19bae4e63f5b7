import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WorldFinding, WorldResource } from '#demo/world/cloud-world.ts';
import { createWorld } from '#demo/world/world.ts';
import { type Harness, startHarness } from '../../support/harness.ts';
import { startIndexed } from '../../support/indexed-gateway.ts';

interface Listed {
  readonly list: { readonly totalCount: number; readonly nodes: readonly { readonly sourceId: string }[] };
}

const RESOURCES = `query ($filter: ResourceFilter) {
  list: resources(first: 1000, filter: $filter) { totalCount nodes { sourceId } }
}`;
const FINDINGS = `query ($filter: FindingFilter) {
  list: findings(first: 1000, filter: $filter) { totalCount nodes { sourceId } }
}`;

const world = createWorld({ seed: 5, resources: 440, findings: 230, hosts: 160 });
const { resources, findings } = world.cloud;
const resourceById = new Map(resources.map((row) => [row.id, row]));

const listed = async ({ query }: Harness, document: string, filter: object): Promise<readonly string[]> => {
  const { data, errors } = await query<Listed>(document, { filter });
  expect(errors).toBeUndefined();
  expect(data.list.totalCount).toBe(data.list.nodes.length);
  return data.list.nodes.map(({ sourceId }) => sourceId).toSorted();
};

/** Some of all rows, by a condition that a filter should mean. */
const some = <T extends { readonly id: string }>(rows: readonly T[], is: (row: T) => boolean): readonly string[] => {
  const ids = rows.filter(is).map(({ id }) => id);
  expect(ids.length).toBeGreaterThan(0);
  expect(ids.length).toBeLessThan(rows.length);
  return ids.toSorted();
};

const middleOf = (instants: readonly string[]): string => instants.toSorted()[Math.floor(instants.length / 2)] ?? '';
const sight = middleOf(resources.map(({ lastSeenAt }) => lastSeenAt));
const detection = middleOf(findings.flatMap(({ firstDetectedAt }) => firstDetectedAt ?? []));
const costOf = ({ costEstimateMonthly }: WorldResource): number => Number(costEstimateMonthly ?? Number.NaN);
const isBad = ({ severity, status }: WorldFinding) => /^(high|critical)$/i.test(severity) && status === 'open';
const withBad = new Set(findings.filter(isBad).map(({ resourceId }) => resourceId));
const linked = new Set(world.truth.map(({ resourceId }) => resourceId));
const aboutOf = ({ resourceId }: WorldFinding) => resourceById.get(resourceId ?? '');

describe.each(['read from the index', 'read from the source'] as const)('%s', (how) => {
  const isIndexed = how === 'read from the index';
  let harness: Harness;
  beforeAll(async () => {
    const options = { scanorbit: [{ movingScans: false }], scanopy: [{}], world: () => world };
    harness = await (isIndexed ? startIndexed(options) : startHarness(options));
  });
  afterAll(() => harness.close());

  it('resources by a range of cost are those within it, both ends included, and none of unknown cost', async () => {
    const [some5 = ''] = resources.flatMap(({ costEstimateMonthly: of }) => (Number(of) > 5 ? [of ?? ''] : []));
    expect(await listed(harness, RESOURCES, { monthlyCost: { min: '5', max: some5 } })).toEqual(
      some(resources, (row) => costOf(row) >= 5 && costOf(row) <= Number(some5)),
    );
    expect(await listed(harness, RESOURCES, { monthlyCost: { max: '0.000' } })).toEqual(
      some(resources, (row) => costOf(row) === 0),
    );
  });

  it('resources by last sight are those seen since, or before', async () => {
    const at = Date.parse(sight);
    expect(await listed(harness, RESOURCES, { lastSeen: { since: sight } })).toEqual(
      some(resources, ({ lastSeenAt }) => Date.parse(lastSeenAt) >= at),
    );
    expect(await listed(harness, RESOURCES, { lastSeen: { before: sight }, service: ['ec2', 'ebs'] })).toEqual(
      some(resources, ({ lastSeenAt, service }) => Date.parse(lastSeenAt) < at && /^e(c2|bs)$/.test(service)),
    );
  });

  it('resources by a tag are those that carry it, or do not', async () => {
    const carries = ({ tags }: WorldResource) => Object.hasOwn(tags ?? {}, 'Environment');
    const untold = ({ tagsInArray }: WorldResource) => tagsInArray === true;
    const told = (ids: readonly string[]) => ids.filter((id) => !resources.some((row) => row.id === id && untold(row)));
    expect(told(await listed(harness, RESOURCES, { tag: { key: 'Environment' } }))).toEqual(
      some(resources, (row) => carries(row) && !untold(row)),
    );
    expect(told(await listed(harness, RESOURCES, { tag: { key: 'Environment', exists: false } }))).toEqual(
      some(resources, (row) => !carries(row) && !untold(row)),
    );
  });

  it('resources with a finding are those that one finding of all that is asked for is about', async () => {
    const hasFinding = { severity: ['HIGH', 'CRITICAL'], status: ['OPEN'] };
    expect(await listed(harness, RESOURCES, { hasFinding })).toEqual(some(resources, ({ id }) => withBad.has(id)));
  });

  it('findings by their resources are those about such a service or region', async () => {
    expect(await listed(harness, FINDINGS, { resourceService: ['ebs', 'eip'] })).toEqual(
      some(findings, (row) => /^(ebs|eip)$/.test(aboutOf(row)?.service ?? '')),
    );
    expect(await listed(harness, FINDINGS, { resourceRegion: ['eu-west-1'], status: ['OPEN'] })).toEqual(
      some(findings, (row) => aboutOf(row)?.region === 'eu-west-1' && row.status === 'open'),
    );
  });

  it('findings by their detection are those first found since', async () => {
    expect(await listed(harness, FINDINGS, { firstDetected: { since: detection } })).toEqual(
      some(findings, ({ firstDetectedAt: at }) => at !== null && Date.parse(at) >= Date.parse(detection)),
    );
  });

  it('findings of one resource can be asked for by its service, too', async () => {
    const { resourceId } = findings.find((row) => aboutOf(row)) ?? {};
    const { service } = resourceById.get(resourceId ?? '') ?? {};
    const { data } = await harness.query<{ resource: Record<string, { totalCount: number }> }>(
      `query ($id: String!, $mine: [String!]) { resource(by: { resourceId: $id }) {
        all: findings { totalCount } mine: findings(filter: { resourceService: $mine }) { totalCount }
        others: findings(filter: { resourceService: ["none"] }) { totalCount } } }`,
      { id: resourceById.get(resourceId ?? '')?.resourceId, mine: [service] },
    );
    expect(data.resource.all?.totalCount).toBeGreaterThan(0);
    expect(data.resource.mine?.totalCount).toBe(data.resource.all?.totalCount);
    expect(data.resource.others?.totalCount).toBe(0);
  });

  it.runIf(isIndexed)('linked resources and hosts are those with a link, and the others those without', async () => {
    const HOSTS = `query ($filter: HostFilter) {
      list: hosts(first: 1000, filter: $filter) { totalCount nodes { sourceId resources { rule } } }
    }`;
    const [yes, no] = await Promise.all([true, false].map((of) => listed(harness, RESOURCES, { linked: of })));
    expect([...(yes ?? []), ...(no ?? [])].toSorted()).toEqual(resources.map(({ id }) => id).toSorted());
    const { data } = await harness.query<{ resources: { nodes: { sourceId: string; hosts: unknown[] }[] } }>(
      '{ resources(first: 1000) { nodes { sourceId hosts { rule } } } }',
    );
    const shown = data.resources.nodes.filter(({ hosts }) => hosts.length > 0).map(({ sourceId }) => sourceId);
    expect(yes).toEqual(shown.toSorted());
    expect(yes?.length).toBeGreaterThan(linked.size / 2);
    const hosts = await listed(harness, HOSTS, { linked: true });
    const others = await listed(harness, HOSTS, { linked: false });
    expect(hosts.length).toBeGreaterThan(0);
    expect(hosts.length + others.length).toBe(world.network.hosts.length);
  });

  it.runIf(!isIndexed)('links are not guessed while the index has not read', async () => {
    const { errors } = await harness.query(RESOURCES, { filter: { linked: true } });
    expect(errors?.map(({ extensions }) => extensions.reason)).toEqual(['INDEX_INCOMPLETE']);
  });
});

it.each([
  ['resources with a finding', RESOURCES, { hasFinding: { severity: ['HIGH'] } }],
  ['findings about resources of a service', FINDINGS, { resourceService: ['ec2'] }],
  ['resources of a range of cost', RESOURCES, { monthlyCost: { min: '1' } }],
  ['findings by detection', FINDINGS, { lastDetected: { since: sight } }],
])('%s are estimated at every page that may be read, and cost no more', async (_, document, filter) => {
  const harness = await startHarness({ scanorbit: [{ movingScans: false }], world: () => world });
  await harness.query('{ resources(first: 1) { totalCount } findings(first: 1) { totalCount } }');
  harness.resetUpstreamCalls();
  const { extensions, errors } = await harness.query(document, { filter }, { 'cache-control': 'no-cache' });
  const { estimated = {} } = extensions.cost as { estimated?: Readonly<Record<string, number>> };
  const most = Math.max(...Object.values(estimated));
  await harness.close();
  expect(errors).toBeUndefined();
  expect(harness.upstreamCalls()).toBeGreaterThan(2);
  expect(harness.upstreamCalls()).toBeLessThanOrEqual(most);
  expect(most).toBeLessThanOrEqual(5 + 3 + 1);
});
