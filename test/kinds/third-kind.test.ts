import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { validateConfig } from '#config/validate-config.ts';
import { type ScanOrbitDemo, startScanOrbitDemo } from '#demo/scanorbit/server.ts';
import { createWorld } from '#demo/world/world.ts';
import { createGateway, type Gateway } from '#server/create-gateway.ts';
import { sourceKinds } from '#sources/kinds.ts';
import { probeSource } from '#sources/probe-source.ts';
import { Ledger } from '#sources/transport/scope.ts';
import { post } from '../support/harness.ts';
import { untilIndexed } from '../support/indexed-gateway.ts';
import { machineFile } from './machine-file/index.ts';

const filesNaming = (name: RegExp): string[] =>
  ['src', 'demo', 'test'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map((file) => `${folder}/${file}`)
      .filter((file) => file.endsWith('.ts') && name.test(readFileSync(file, 'utf8'))),
  );

const world = createWorld({ seed: 1 });
const instance = world.cloud.resources.find(
  ({ service, resourceId }) => service === 'ec2' && /i-[0-9a-f]{17}/.test(resourceId),
);
const instanceId = /i-[0-9a-f]{17}/.exec(instance?.resourceId ?? '')?.[0] ?? '';
const MACHINES = [
  { id: randomUUID(), name: instanceId, address: '198.18.7.1', seenAt: new Date().toISOString() },
  { id: randomUUID(), name: 'printer', address: '198.18.7.2', seenAt: new Date().toISOString() },
];

describe('a third kind of source, one folder and one line', () => {
  let folder: string;
  let cloud: ScanOrbitDemo;
  let gateway: Gateway;
  const ask = <Data>(query: string, variables = {}) => post<Data>(gateway.url, { query, variables });

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'machines-'));
    const path = join(folder, 'machines.json');
    await writeFile(path, JSON.stringify({ network: 'rack', machines: MACHINES }));
    cloud = await startScanOrbitDemo({ world: world.cloud, edition: 'observed', rateLimit: false, movingScans: false });
    const kinds = [...sourceKinds, machineFile(path)];
    const budget = { ratePerSecond: 10_000, burst: 10_000, reserve: 0 };
    const config = validateConfig(kinds, {
      sources: [
        { name: 'aws', kind: 'scanorbit', url: cloud.url, apiKey: cloud.apiKey, budget },
        { name: 'rack', kind: 'machine-file', url: `http://localhost${path}`, apiKey: 'none' },
      ],
      server: { port: 0 },
      index: { directory: null },
      log: { level: 'silent' },
    });
    gateway = await createGateway(config, { kinds });
    await untilIndexed({ query: ask });
  });

  afterAll(async () => {
    await gateway.close();
    await cloud.close();
    await rm(folder, { recursive: true });
  });

  it('is opened, probed, and shown by its name', async () => {
    const { data } = await ask('{ sources { name kind serverVersion health index { complete records } } }');
    expect(data).toMatchObject({
      sources: [
        { name: 'aws', kind: 'SCANORBIT' },
        {
          name: 'rack',
          kind: 'MACHINE_FILE',
          serverVersion: 'file',
          health: 'OK',
          index: { complete: true, records: 2 },
        },
      ],
    });
    const rack = gateway.sources.all.ofSide('NETWORK', 'rack');
    const scope = {
      operation: 'probe',
      priority: 'interactive',
      deadlineAt: Date.now() + 5_000,
      bypassCache: false,
    } as const;
    expect(await probeSource(rack, { ...scope, ledger: new Ledger() })).toMatchObject({
      kind: 'Machine file',
      isKeyGood: true,
    });
  });

  it('is listed, filtered, followed and fetched by id', async () => {
    const { data, errors } = await ask<{ hosts: { nodes: { id: string }[] } }>(
      '{ hosts(filter: { search: "print" }) { totalCount nodes { id displayName addresses { address } network { name } } } }',
    );
    expect(errors).toBeUndefined();
    expect(data.hosts).toMatchObject({
      totalCount: 1,
      nodes: [{ displayName: 'printer', addresses: [{ address: '198.18.7.2' }], network: { name: 'rack' } }],
    });
    const again = await ask('query ($id: ID!) { node(id: $id) { ... on Host { name source { kind } } } }', {
      id: data.hosts.nodes[0]?.id,
    });
    expect(again.data).toEqual({ node: { name: 'printer', source: { kind: 'MACHINE_FILE' } } });
  });

  it('is indexed and correlated with the cloud', async () => {
    const { data } = await ask(
      'query ($name: String!) { lookup(any: [$name]) { node { __typename } } correlations { nodes { confidence host { name } resource { id } } } }',
      { name: instanceId },
    );
    expect(data).toMatchObject({
      correlations: { nodes: [{ host: { name: instanceId }, confidence: expect.stringMatching(/CERTAIN|HIGH/) }] },
    });
    expect(JSON.stringify(data)).toContain('"Host"');
  });

  it('is priced like the other kinds of its side', async () => {
    const { extensions } = await ask('{ hosts(first: 500) { nodes { name } } }');
    const { estimated } = extensions.cost as unknown as { estimated: Record<string, number> };
    expect(estimated.MACHINE_FILE).toBe(estimated.SCANOPY);
    expect(estimated.MACHINE_FILE).toBeGreaterThan(0);
  });

  it('is named by no file outside its folder and this test', () => {
    expect(filesNaming(/machine[-_ ]?file/i).filter((file) => !file.startsWith('test/kinds/'))).toEqual([]);
  });
});

describe('the kinds that the gateway ships', () => {
  it('are compared by name nowhere outside their folders', () => {
    const named = filesNaming(/['"](?:scanorbit|scanopy)['"]/i).filter((file) => file.startsWith('src/'));
    expect(named.filter((file) => !/^src\/sources\/(?:scanorbit|scanopy)\//.test(file))).toEqual([]);
  });
});
