import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Harness, startHarness } from '../../support/harness.ts';
import { first, network, server, VERSIONS } from './fixtures.ts';

interface Titled {
  readonly sourceId: string;
  readonly name: string;
  readonly displayName: string;
}
interface Hosts {
  readonly hosts: { readonly totalCount: number; readonly nodes: readonly Titled[] };
}

const harnesses = new Map<string, Harness>();
beforeAll(async () => {
  for (const version of VERSIONS) harnesses.set(version, await startHarness({ scanopy: [server(version)] }));
});
afterAll(() => Promise.all([...harnesses.values()].map((harness) => harness.close())));

const hostsOf = async (version: string, args: string): Promise<Hosts['hosts']> => {
  const answer = await harnesses
    .get(version)
    ?.query<Hosts>(`{ hosts(first: 1000${args}) { totalCount nodes { sourceId name displayName } } }`);
  expect(answer?.errors).toBeUndefined();
  return (answer as { data: Hosts }).data.hosts;
};

const found = first(network.hosts, ({ name, hostname }) => name !== '' && hostname?.startsWith(`${name}.`) === true);

test('a host whose name the server does not keep is shown under its whole host name', async () => {
  const { nodes } = await hostsOf('0.17.22', '');
  const shown = nodes.find(({ sourceId }) => sourceId === found.id);
  expect(shown).toMatchObject({ name: '', displayName: found.hostname });
  expect(nodes.filter(({ displayName }) => displayName === '')).toEqual([]);
});

test.each(VERSIONS)(
  '%s: a host is found by what people call it, whether the server keeps that name or not',
  async (version) => {
    const { nodes } = await hostsOf(version, `, filter: { search: "${found.name.toUpperCase()}" }`);
    expect(nodes.map(({ sourceId }) => sourceId)).toContain(found.id);
  },
);
