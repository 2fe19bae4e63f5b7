import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { createWorld } from '#demo/world/world.ts';
import { encodeGlobalId } from '#lib/record-ref.ts';
import { type AnswerError, type Harness, type HarnessOptions, startHarness } from './harness.ts';

interface Connection {
  readonly totalCount: number;
  readonly nodes: readonly ({ readonly id: string } | null)[];
}

const world = createWorld({ seed: 6, hosts: 450, resources: 450 });
const { cloud, network } = world;
type Edition = 'observed' | 'documented';
export type Servers = readonly [Edition, string];

/** Every edition and every version once. */
export const SERVERS: readonly Servers[] = [
  ['observed', '0.14.13'],
  ['documented', '0.16.0'],
  ['observed', '0.17.12'],
  ['documented', '0.17.22'],
];
/** How many rows have the same instant. */
export const TIES = [1, 3, 7, 13];
const FIELDS = '{ totalCount nodes { id } }';

/** Shows another part of the list under ties, and no more than its count can be compared. */
const IN_PART = new Set(['lastResources']);
const CLOUD: Readonly<Record<string, string>> = {
  resources: `resources(first: 1000) ${FIELDS}`,
  lastResources: `resources(last: 60) ${FIELDS}`,
  regions: `resources(first: 1000, filter: { region: ["eu-central-1", "us-east-1"] }) ${FIELDS}`,
  tagged: `resources(first: 1000, filter: { tag: { key: "Environment" } }) ${FIELDS}`,
  searched: `resources(first: 1000, filter: { search: "e" }) ${FIELDS}`,
  ordered: `resources(first: 1000, orderBy: { field: NAME }) ${FIELDS}`,
  findings: `findings(first: 1000) ${FIELDS}`,
  open: `findings(first: 1000, filter: { status: [OPEN, SNOOZED] }) ${FIELDS}`,
  severe: `findings(first: 1000, orderBy: { field: SEVERITY }) ${FIELDS}`,
};
const [aTag] = network.hosts.flatMap(({ tagIds }) => tagIds);
const taggedHosts = `filter: { tag: "${encodeGlobalId({ type: 'NetworkTag', source: 'scanopy', id: aTag ?? '' })}" }`;
const NETWORK: Readonly<Record<string, string>> = {
  hosts: `hosts(first: 1000) ${FIELDS}`,
  hidden: `hosts(first: 1000, filter: { hidden: false }) ${FIELDS}`,
  searchedHosts: `hosts(first: 1000, filter: { search: "a" }) ${FIELDS}`,
  taggedHosts: `hosts(first: 1000, ${taggedHosts}) ${FIELDS}`,
  named: `hosts(first: 1000, orderBy: { field: NAME }) ${FIELDS}`,
  newest: `hosts(first: 1000, orderBy: { field: CREATED_AT, direction: DESC }) ${FIELDS}`,
  updated: `hosts(first: 1000, orderBy: { field: UPDATED_AT }) ${FIELDS}`,
  services: `services(first: 1000) ${FIELDS}`,
  subnets: `subnets(first: 1000) ${FIELDS}`,
  discoveries: `discoveries(first: 1000) ${FIELDS}`,
};

const cloudOf = (edition: Edition, ties?: number) => [
  { world: cloud, edition, movingScans: false, ...(ties !== undefined && { ties }) },
];
const networkOf = (version: string, ties?: number) => [
  { world: network, version, ...(ties !== undefined && { ties }) },
];

const start = async (options: HarnessOptions): Promise<Harness> => {
  const harness = await startHarness(options);
  onTestFinished(() => harness.close());
  return harness;
};

const idsIn = ({ nodes }: Connection): readonly string[] => nodes.flatMap((row) => (row ? [row.id] : [])).sort();
const missingIn = (errors: readonly AnswerError[] | undefined): number =>
  (errors ?? []).reduce((sum, { extensions }) => sum + Number(extensions.missing ?? 0), 0);

/** What every list holds, read from servers without ties: editions and versions word some values differently. */
const wholeLists = new Map<string, Promise<ReadonlyMap<string, Connection>>>();
const wholeListsOf = (edition: Edition, version: string): Promise<ReadonlyMap<string, Connection>> => {
  const read = async () => {
    const harness = await startHarness({ scanorbit: cloudOf(edition), scanopy: networkOf(version) });
    const lists = new Map<string, Connection>();
    for (const [name, list] of Object.entries({ ...CLOUD, ...NETWORK })) {
      const { data, errors } = await harness.query<{ list: Connection }>(`{ list: ${list} }`);
      expect(errors, name).toBeUndefined();
      expect(data.list.nodes.length, name).toBeGreaterThan(0);
      lists.set(name, data.list);
    }
    await harness.close();
    return lists;
  };
  const key = `${edition} ${version}`;
  const known = wholeLists.get(key) ?? read();
  wholeLists.set(key, known);
  return known;
};

/** Every list shows the rows that it holds, each once, or says beside it how many it lacks. */
const checkLists = async (harness: Harness, edition: Edition, version: string, mustBeWhole: boolean) => {
  const wholes = await wholeListsOf(edition, version);
  for (const [name, list] of Object.entries({ ...CLOUD, ...NETWORK })) {
    const { data, errors } = await harness.query<{ list: Connection }>(`{ list: ${list} }`);
    const whole = wholes.get(name) as Connection;
    const shown = idsIn(data.list);
    if (mustBeWhole) expect(errors, name).toBeUndefined();
    expect(new Set(shown).size, name).toBe(shown.length);
    expect(shown.length + missingIn(errors), name).toBeGreaterThanOrEqual(whole.nodes.length);
    if (!errors) expect(data.list.totalCount, name).toBe(whole.totalCount);
    if (!errors && !IN_PART.has(name)) expect(shown, name).toEqual(idsIn(whole));
  }
};

const chunks = <T>(rows: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(rows.length / size) }, (_, i) => rows.slice(i * size, (i + 1) * size));

const services = network.hosts.flatMap((host) => host.services);
const RECORDS = [
  ...cloud.resources.map(({ id }) => ({ type: 'Resource', source: 'scanorbit', id })),
  ...cloud.findings.map(({ id }) => ({ type: 'Finding', source: 'scanorbit', id })),
  ...network.hosts.map(({ id }) => ({ type: 'Host', source: 'scanopy', id })),
  ...services.map(({ id }) => ({ type: 'Service', source: 'scanopy', id })),
];

/** Every record is found by its id. */
const checkNodes = async (harness: Harness) => {
  for (const ids of chunks(RECORDS.map(encodeGlobalId), 60)) {
    const document = 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }';
    const { data, errors } = await harness.query<{ nodes: Connection['nodes'] }>(document, { ids });
    expect(errors).toBeUndefined();
    expect(data.nodes.map((row) => row?.id)).toEqual(ids);
  }
};

interface Index {
  readonly complete: boolean;
  readonly completedAt: string | null;
  readonly records: number;
  readonly missingRows: number;
}

const untilBuilt = async (harness: Harness): Promise<readonly Index[]> =>
  vi.waitFor(
    async () => {
      const { data } = await harness.query<{ sources: readonly { index: Index }[] }>(
        '{ sources { index { complete completedAt records missingRows } } }',
      );
      const indexes = data.sources.map(({ index }) => index);
      for (const { completedAt } of indexes) expect(completedAt).not.toBeNull();
      return indexes;
    },
    { timeout: 60_000, interval: 50 },
  );

/** Every resource and host is found in the index, unless it says that it lacks rows. */
const checkLookup = async (harness: Harness, missingRows: number) => {
  for (const any of chunks([...cloud.resources, ...network.hosts], 100).map((rows) => rows.map(({ id }) => id))) {
    const document = 'query ($any: [String!]!) { lookup(any: $any) { term } }';
    const { data, errors = [] } = await harness.query<{ lookup: { term: string }[] }>(document, { any });
    const found = new Set(data.lookup.map(({ term }) => term));
    expect(any.filter((term) => !found.has(term)).length).toBeLessThanOrEqual(missingRows);
    expect(errors.every(({ extensions }) => extensions.reason === 'INDEX_INCOMPLETE')).toBe(true);
    expect(errors.length > 0).toBe(missingRows > 0);
  }
};

/** The tests of lists, ids and the index over these servers, with that many rows an instant. */
export const testTies = (ties: number, of: readonly Servers[]): void => {
  describe(`ties of ${ties} rows an instant`, () => {
    const servers = (edition: Edition, version: string) => ({
      scanorbit: cloudOf(edition, ties),
      scanopy: networkOf(version, ties),
    });

    test.each(of)(
      'no list of ScanOrbit, %s, or Scanopy %s is short in silence, and ids find their records',
      async (edition, version) => {
        const harness = await start(servers(edition, version));
        await checkLists(harness, edition, version, ties <= 7);
        await checkNodes(harness);
      },
    );

    test.each(of)(
      'the index of ScanOrbit, %s, and Scanopy %s holds every row or counts what it lacks, as do lists and lookups over it',
      async (edition, version) => {
        const harness = await start({
          ...servers(edition, version),
          config: { index: { enabled: true, directory: null } },
        });
        const indexes = await untilBuilt(harness);
        const rows = [cloud.resources.length + cloud.findings.length, network.hosts.length];
        expect(indexes.map(({ records, missingRows }) => records + missingRows)).toEqual(rows);
        for (const { complete, missingRows } of indexes) expect(complete).toBe(missingRows === 0);
        const missing = indexes.reduce((sum, { missingRows }) => sum + missingRows, 0);
        if (ties <= 7) expect(missing).toBe(0);
        await checkLists(harness, edition, version, ties <= 7);
        await checkNodes(harness);
        await checkLookup(harness, missing);
      },
    );
  });
};
