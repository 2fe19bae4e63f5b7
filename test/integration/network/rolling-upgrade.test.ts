import { expect, test } from 'vitest';
import { type Harness, startHarness } from '../../support/harness.ts';
import { first, idOf, network, server } from './fixtures.ts';

const office = first(network.networks, () => true);
const inOffice = network.hosts.filter(({ networkId }) => networkId === office.id);

const QUERY = `query ($network: ID!) {
  networks { totalCount nodes { sourceId } }
  hosts(first: 1000, filter: { network: $network }) { totalCount nodes { sourceId network { sourceId }
    addresses { id } interfaces { id index } services { bindings { id address { id } } } } }
  serviceDependencies { members { sourceId } }
}`;

const variables = { network: idOf('Network', office.id) };

const start = (version: string): Promise<Harness> => startHarness({ scanopy: [server(version)] });

interface Data {
  readonly networks: { readonly totalCount: number };
  readonly hosts: {
    readonly totalCount: number;
    readonly nodes: readonly { readonly network: { readonly sourceId: string } }[];
  };
}

/** Cached answers would hide the upgrade. */
const NO_CACHE = { 'cache-control': 'no-cache' };

test.each([
  ['0.16.0', '0.17.22'],
  ['0.14.13', '0.16.0'],
  ['0.14.13', '0.17.22'],
  ['0.17.22', '0.16.0'],
])('from %s to %s during a loop of queries: no wrong answer, at most one retried call each', async (before, after) => {
  const harness = await start(before);
  const upstream = harness.scanopy[0];
  const answers: unknown[] = [];
  const costs: number[] = [];
  for (let round = 0; round < 8; round++) {
    if (round === 4) upstream?.setVersion(after);
    upstream?.resetCalls();
    const answer = await harness.query<Data>(QUERY, variables, NO_CACHE);
    expect(answer.errors).toBeUndefined();
    expect(answer.data.hosts.totalCount).toBe(inOffice.length);
    expect(answer.data.hosts.nodes.every((host) => host.network.sourceId === office.id)).toBe(true);
    answers.push(answer.data);
    costs.push(upstream?.countOf() ?? 0);
  }
  await harness.close();
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  const [steady = 0, upgrade = 0] = costs.slice(3);
  expect(steady).toBeGreaterThan(0);
  // Each question at most twice, and the version once for those whose path is gone.
  expect(upgrade).toBeLessThanOrEqual(2 * steady + 1);
});

test('an answer of the upgraded server to a request of the old version is discarded, and requested once more', async () => {
  const harness = await start('0.16.0');
  const upstream = harness.scanopy[0];
  const query = 'query ($network: ID!) { hosts(filter: { network: $network }) { totalCount } }';
  await harness.query('{ sources { serverVersion } hosts(first: 1) { totalCount } }');
  upstream?.setVersion('0.17.22');
  upstream?.resetCalls();
  const { data, errors } = await harness.query<Data>(query, variables);
  expect(errors).toBeUndefined();
  expect(data.hosts.totalCount).toBe(inOffice.length);
  expect(upstream?.calls.map(({ query: sent }) => Object.keys(sent)[0])).toEqual(['network_id', 'site_id']);
  const sources = await harness.query<{ sources: { serverVersion: string }[] }>('{ sources { serverVersion } }');
  expect(sources.data.sources[0]?.serverVersion).toBe('0.17.22');
  await harness.close();
});

test('a path that went away with the old version is found again', async () => {
  const harness = await start('0.16.0');
  const upstream = harness.scanopy[0];
  await harness.query('{ hosts(first: 1) { totalCount } }');
  upstream?.setVersion('0.17.22');
  upstream?.resetCalls();
  const { data, errors } = await harness.query<Data>('{ networks { totalCount } }');
  expect(errors).toBeUndefined();
  expect(data.networks.totalCount).toBe(network.networks.length);
  expect(upstream?.calls.map(({ path }) => path)).toEqual(['/api/v1/networks', '/api/version', '/api/v1/sites']);
  await harness.close();
});

test('a version newer than any known one works like the newest, and says so in sources', async () => {
  const harness = await start('0.19.3');
  const { data, errors } = await harness.query<Data>(QUERY, variables);
  expect(errors).toBeUndefined();
  expect(data.hosts.totalCount).toBe(inOffice.length);
  const sources = await harness.query<{ sources: { serverVersion: string }[] }>('{ sources { serverVersion } }');
  expect(sources.data.sources[0]?.serverVersion).toContain('0.19.3');
  expect(sources.data.sources[0]?.serverVersion).toContain('newer');
  await harness.close();
});
