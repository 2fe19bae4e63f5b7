import { describe, expect, onTestFinished, test } from 'vitest';
import { createWorld } from '#demo/world/world.ts';
import { type Harness, startHarness } from '../harness.ts';

interface Connection {
  readonly totalCount: number;
  readonly nodes: readonly ({ readonly id: string } | null)[];
}

const world = createWorld({ seed: 6, hosts: 450, resources: 450 });
const FIELDS = '{ totalCount nodes { id } }';

const CLOUD: Readonly<Record<string, string>> = {
  resources: `resources(first: 1000) ${FIELDS}`,
  lastResources: `resources(last: 60) ${FIELDS}`,
  regions: `resources(first: 1000, filter: { region: ["eu-central-1", "us-east-1"] }) ${FIELDS}`,
  searched: `resources(first: 1000, filter: { search: "e" }) ${FIELDS}`,
  ordered: `resources(first: 1000, orderBy: { field: NAME }) ${FIELDS}`,
  findings: `findings(first: 1000) ${FIELDS}`,
  open: `findings(first: 1000, filter: { status: [OPEN, SNOOZED] }) ${FIELDS}`,
};
const NETWORK: Readonly<Record<string, string>> = {
  hosts: `hosts(first: 1000) ${FIELDS}`,
  hidden: `hosts(first: 1000, filter: { hidden: false }) ${FIELDS}`,
  searched: `hosts(first: 1000, filter: { search: "a" }) ${FIELDS}`,
  named: `hosts(first: 1000, orderBy: { field: NAME }) ${FIELDS}`,
  newest: `hosts(first: 1000, orderBy: { field: CREATED_AT, direction: DESC }) ${FIELDS}`,
  updated: `hosts(first: 1000, orderBy: { field: UPDATED_AT }) ${FIELDS}`,
  services: `services(first: 1000) ${FIELDS}`,
  subnets: `subnets(first: 1000) ${FIELDS}`,
  discoveries: `discoveries(first: 1000) ${FIELDS}`,
};

/** Every list shows as many distinct rows as it counts, or says beside it how many it lacks. */
const checkLists = async (harness: Harness, lists: Readonly<Record<string, string>>, mustBeWhole: boolean) => {
  for (const [name, list] of Object.entries(lists)) {
    const { data, errors } = await harness.query<{ list: Connection }>(`{ list: ${list} }`);
    const rows = new Set(data.list.nodes.map((row) => row?.id));
    const wanted = name === 'lastResources' ? 60 : Math.min(1000, data.list.totalCount);
    expect(rows.size, name).toBeGreaterThan(0);
    if (mustBeWhole) expect(errors, name).toBeUndefined();
    if (!errors) expect(rows.size, name).toBe(wanted);
  }
};

describe.each([1, 3, 7, 13])('ties of %i rows an instant', (ties) => {
  test.each(['observed', 'documented'] as const)('no list of ScanOrbit, %s, is short in silence', async (edition) => {
    const harness = await startHarness({ scanorbit: [{ world: world.cloud, edition, ties, movingScans: false }] });
    onTestFinished(() => harness.close());
    await checkLists(harness, CLOUD, ties <= 7);
    const { data } = await harness.query<{ resources: Connection; findings: Connection }>(
      `{ ${CLOUD.resources} ${CLOUD.findings} }`,
    );
    expect(data.resources.totalCount).toBe(world.cloud.resources.length);
    expect(data.findings.totalCount).toBe(world.cloud.findings.length);
  });

  test.each(['0.14.13', '0.16.0', '0.17.12', '0.17.22'])(
    'no list of Scanopy %s is short in silence',
    async (version) => {
      const harness = await startHarness({ scanopy: [{ world: world.network, version, ties }] });
      onTestFinished(() => harness.close());
      await checkLists(harness, NETWORK, ties <= 7);
      const { data } = await harness.query<{ hosts: Connection }>(`{ ${NETWORK.hosts} }`);
      expect(data.hosts.totalCount).toBe(world.network.hosts.length);
    },
  );
});
