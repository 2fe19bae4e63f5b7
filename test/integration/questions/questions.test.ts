import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startScanopyDemo } from '#demo/scanopy/server.ts';
import type { WorldEdge, WorldResource } from '#demo/world/cloud-world.ts';
import type { WorldHost } from '#demo/world/network-world.ts';
import type { World } from '#demo/world/types.ts';
import { createWorld } from '#demo/world/world.ts';
import { encodeGlobalId, parseGlobalId } from '#lib/record-ref.ts';
import {
  BehindThisSecurityGroupDocument,
  BehindThisSwitchDocument,
  BlastRadiusDocument,
  CertificatesAboutToExpireDocument,
  CollidingRangesDocument,
  DatabasesOutsideManagedServicesDocument,
  EverythingAboutThisDocument,
  ExposedWithOpenFindingsDocument,
  GoneButStillAnsweringDocument,
  HowGoodIsTheJoinDocument,
  IsTheExposedPortAnsweredDocument,
  OnTheNetworkInNoAccountDocument,
  OrphanedAndWhatItCostsDocument,
  SinglePointsOfFailureDocument,
  type TypedDocumentString,
  WhatBreaksIfItGoesDocument,
  WhatChangedDocument,
  WhatDependsOnThisDatabaseDocument,
  WhatItCostsByServiceAndRegionDocument,
  WhatRunsOnThisMachineDocument,
  WhereTheOpenFindingsAreDocument,
} from '../../generated/graphql.ts';
import type { Answer, Harness } from '../../support/harness.ts';
import { startIndexed } from '../../support/indexed-gateway.ts';
import { isAboutTime } from '../../support/questions-about-time.ts';

const FOLDER = 'docs/questions';
/** Those about time are asked where time passes: in questions-about-time.test.ts. */
const files = readdirSync(FOLDER).filter((name) => name.endsWith('.graphql') && !isAboutTime(name));
const asked = new Set<string>();
const operationOf = (text: string): string => /query (\w+)/.exec(text)?.[1] ?? '';

const world: World = createWorld({ seed: 1 });
const { resources, edges, findings } = world.cloud;
const { hosts } = world.network;
const resourceById = new Map(resources.map((row) => [row.id, row]));
const hostById = new Map(hosts.map((row) => [row.id, row]));
const idOf = (row: WorldResource): string => encodeGlobalId({ type: 'Resource', source: 'scanorbit', id: row.id });
const hostIdOf = ({ id }: { readonly id: string }): string => encodeGlobalId({ type: 'Host', source: 'scanopy', id });
const title = (row: WorldResource): string => row.name || row.resourceId;
const edgesTo = (target: string, type: string): WorldEdge[] =>
  edges.filter((edge) => edge.targetResourceId === target && edge.relationshipType === type);
const first = <T>(rows: readonly T[], what: string): T => {
  const [row] = rows;
  if (row === undefined) throw new Error(`The demo world has no ${what}.`);
  return row;
};
const sorted = (texts: readonly string[]): string[] => [...texts].sort();

describe('the questions people ask, against the demo', () => {
  let harness: Harness;

  const ask = async <Data, Variables extends Record<string, unknown>>(
    document: TypedDocumentString<Data, Variables>,
    variables: Variables,
  ): Promise<Data> => {
    asked.add(operationOf(document.toString()));
    const answer: Answer<Data> = await harness.query<Data>(document.toString(), variables);
    expect(answer.errors).toBeUndefined();
    return answer.data;
  };

  beforeAll(async () => {
    harness = await startIndexed({
      scanorbit: [{ movingScans: false }],
      scanopy: [{ version: '0.16.0' }],
      world: () => world,
      config: { index: { refreshSeconds: 5 } },
    });
  });

  afterAll(async () => {
    await harness.close();
  });

  it('1: what depends on a database reaches the services of the host it is seen as', async () => {
    const links = world.truth.filter(({ rule }) => rule === 'rds-endpoint');
    const link = first(
      links.filter(({ hostId }) => (hostById.get(hostId)?.services.length ?? 0) > 0),
      'database seen on a network',
    );
    const database = first(
      resources.filter(({ id }) => id === link.resourceId),
      'database',
    );
    const { impact } = await ask(WhatDependsOnThisDatabaseDocument, {
      id: idOf(database),
    });
    const services = hostById.get(link.hostId)?.services.map(({ name, definition }) => name || definition) ?? [];
    const broken = (impact?.impacted ?? [])
      .filter(({ effect }) => effect === 'BREAKS')
      .map(({ asset }) => asset.displayName);
    expect(broken).toEqual(expect.arrayContaining(services));
  });

  it('2: what breaks without a key is everything encrypted with it', async () => {
    const key = first(
      resources.filter((row) => row.service === 'kms_key' && edgesTo(row.resourceId, 'encrypted_by').length > 2),
      'key in use',
    );
    const { impact } = await ask(WhatBreaksIfItGoesDocument, {
      id: idOf(key),
    });
    const encrypted = edgesTo(key.resourceId, 'encrypted_by').map(({ fromId }) => resourceById.get(fromId));
    const near = (impact?.impacted ?? []).filter(
      ({ distance, effect, asset }) =>
        distance === 1 && effect === 'BREAKS' && parseGlobalId(asset.id)?.type === 'Resource',
    );
    expect(sorted(near.map(({ asset }) => asset.displayName))).toEqual(
      sorted(encrypted.flatMap((row) => (row ? [title(row)] : []))),
    );
  });

  it('3: what is exposed is what the open groups protect, with open high and critical findings only', async () => {
    const answer = await ask(ExposedWithOpenFindingsDocument, {});
    const open = findings.filter(
      ({ type, status }) => status === 'open' && (type === 'permissive_security_group' || type === 'open_all_ports'),
    );
    expect(answer.findings?.nodes).toHaveLength(open.length);
    const behind = answer.findings?.nodes.flatMap(({ resource }) => resource?.dependents?.nodes ?? []) ?? [];
    expect(behind.length).toBeGreaterThan(0);
    const severities = new Set(
      behind.flatMap((one) => ('findings' in one ? (one.findings?.nodes.map(({ severity }) => severity) ?? []) : [])),
    );
    expect([...severities].every((severity) => severity === 'CRITICAL' || severity === 'HIGH')).toBe(true);
  });

  it('4: hosts behind an exposed port are linked ones, with their ports', async () => {
    const answer = await ask(IsTheExposedPortAnsweredDocument, {});
    const exposed = answer.findings?.nodes ?? [];
    for (const { details } of exposed) expect(details).toMatchObject({ exposed_port: expect.any(Number) });
    expect(exposed.length).toBeGreaterThan(0);
    const known = new Set(
      world.truth.map(({ hostId }) =>
        hostById
          .get(hostId)
          ?.ports.map(({ number }) => number)
          .sort()
          .join(),
      ),
    );
    for (const { resource } of exposed) {
      for (const asset of resource?.dependents?.nodes ?? []) {
        for (const { host } of ('hosts' in asset && asset.hosts) || [])
          expect(known).toContain(
            host.ports
              .map(({ number }) => number)
              .sort()
              .join(),
          );
      }
    }
  });

  it('5: hosts in no account carry AWS names that no account has', async () => {
    const { unmatched } = await ask(OnTheNetworkInNoAccountDocument, {});
    expect(unmatched?.totalCount).toBeGreaterThan(0);
    const ids = new Set(resources.map(({ resourceId }) => resourceId));
    for (const { asset } of unmatched?.nodes ?? []) {
      const hostname = 'hostname' in asset ? asset.hostname : null;
      const instance = /i-[0-9a-f]{8,17}/.exec(`${hostname} ${asset.displayName}`)?.[0];
      if (instance) expect(ids.has(instance)).toBe(false);
    }
  });

  it('7: what is gone and still answers is contradicted by its state', async () => {
    const { unmatched } = await ask(GoneButStillAnsweringDocument, {});
    const gone = (unmatched?.nodes ?? []).filter(({ reasons }) => reasons.includes('CONTRADICTION(state)'));
    expect(gone.length).toBeGreaterThan(0);
    expect(gone.every(({ asset }) => 'state' in asset && asset.state !== 'running')).toBe(true);
  });

  it('8: every open orphan is there with what it costs', async () => {
    const types =
      /(orphaned_(volume|eip|eni|snapshot)|idle_load_balancer|idle_nat_gateway|unused_(security_group|kms_key|resource))$/;
    const open = findings.filter(({ type, status }) => status === 'open' && types.test(type));
    const answer = await ask(OrphanedAndWhatItCostsDocument, {});
    expect(answer.findings?.totalCount).toBe(open.length);
    const volume = first(
      open.filter(({ type }) => type === 'orphaned_volume'),
      'orphaned volume',
    );
    const cost = resourceById.get(volume.resourceId ?? '')?.costEstimateMonthly;
    expect(answer.findings?.nodes.map(({ resource }) => resource?.costEstimateMonthly)).toContain(cost);
  });

  it('9: expiring certificates name the hosts that serve them', async () => {
    const answer = await ask(CertificatesAboutToExpireDocument, {});
    const domains = new Set(world.cloud.certificates.map(({ primaryDomain }) => primaryDomain));
    const shown = answer.findings?.nodes.flatMap(({ certificate }) => (certificate ? [certificate] : [])) ?? [];
    expect(shown.length).toBeGreaterThan(5);
    expect(shown.every(({ primaryDomain }) => domains.has(primaryDomain))).toBe(true);
    expect(shown.some(({ servedBy }) => (servedBy?.length ?? 0) > 0)).toBe(true);
  });

  it('10: an address finds the host and the Elastic IP, a MAC address the host, an ARN the resource', async () => {
    const link = first(
      world.truth.filter(({ rule }) => rule === 'eip-address'),
      'Elastic IP seen on a network',
    );
    const address = resourceById.get(link.resourceId)?.name ?? '';
    const machine = first(
      hosts.filter(({ addresses }) => addresses[0]?.macAddress),
      'host with a MAC address',
    );
    const mac = machine.addresses[0]?.macAddress ?? '';
    const lambda = first(
      resources.filter(({ service }) => service === 'lambda'),
      'function',
    );
    const { lookup } = await ask(EverythingAboutThisDocument, {
      terms: [address, mac.replaceAll(':', '-').toLowerCase(), lambda.resourceId],
    });
    const found = lookup?.map(({ term, matchedOn, node }) => [term, matchedOn, node.id]);
    expect(found).toContainEqual([
      address,
      'IP_ADDRESS',
      encodeGlobalId({ type: 'Resource', source: 'scanorbit', id: link.resourceId }),
    ]);
    expect(found).toContainEqual([mac.replaceAll(':', '-').toLowerCase(), 'MAC_ADDRESS', hostIdOf(machine)]);
    expect(found).toContainEqual([lambda.resourceId, 'ARN', idOf(lambda)]);
  });

  it('11: behind a security group is everything that uses it', async () => {
    const group = first(
      resources.filter((row) => row.service === 'security_group' && edgesTo(row.resourceId, 'uses_sg').length > 2),
      'group in use',
    );
    const { node } = await ask(BehindThisSecurityGroupDocument, { id: idOf(group) });
    expect(node && 'dependents' in node && node.dependents?.totalCount).toBe(
      edgesTo(group.resourceId, 'uses_sg').length,
    );
  });

  it('13: a machine shows its services and the findings and cost of the instance it is', async () => {
    const link = first(
      world.truth.filter(
        ({ rule, hostId }) => rule === 'instance-id-name' && (hostById.get(hostId)?.services.length ?? 0) > 0,
      ),
      'instance seen on a network',
    );
    const { host } = await ask(WhatRunsOnThisMachineDocument, { id: hostIdOf({ id: link.hostId }) });
    expect(host?.services).toHaveLength(hostById.get(link.hostId)?.services.length ?? -1);
    expect(host?.resources?.[0]?.resource.costEstimateMonthly).toBe(
      resourceById.get(link.resourceId)?.costEstimateMonthly,
    );
  });

  it('14: databases are found wherever their product was recognised', async () => {
    const products = /definition: \[(.*)\]/.exec(
      readFileSync(`${FOLDER}/14-databases-outside-managed-services.graphql`, 'utf8'),
    )?.[1];
    const wanted = new Set(JSON.parse(`[${products}]`) as string[]);
    const { services } = await ask(DatabasesOutsideManagedServicesDocument, {});
    const running = hosts.flatMap((host) => host.services).filter(({ definition }) => wanted.has(definition));
    expect(services?.totalCount).toBe(running.length);
  });

  it('16: the blast radius of a VPC is everything in it', async () => {
    const edge = first(
      edges.filter(({ relationshipType }) => relationshipType === 'in_vpc'),
      'VPC',
    );
    const key = first(
      resources.filter(({ service }) => service === 'kms_key'),
      'key',
    );
    const around = await harness.query<{
      graph: { vertices: { id: string; target: { identifier: string } | null }[] };
    }>('query ($id: ID!) { graph(roots: [$id], depth: 1) { vertices { id target { identifier } } } }', {
      id: encodeGlobalId({ type: 'Resource', source: 'scanorbit', id: edge.fromId }),
    });
    const vpc = around.data.graph.vertices.find(({ target }) => target?.identifier === edge.targetResourceId);
    const { graph } = await ask(BlastRadiusDocument, {
      id: idOf(key),
      vertex: vpc?.id ?? '',
    });
    const inside = new Set(edgesTo(edge.targetResourceId, 'in_vpc').map(({ fromId }) => fromId));
    const shown = graph?.vertices.filter(
      ({ depth, asset }) => depth === 1 && parseGlobalId(asset?.id ?? '')?.type === 'Resource',
    );
    expect(shown).toHaveLength(inside.size);
  });

  it('17: load balancers have their number of targets', async () => {
    const { balancers } = await ask(SinglePointsOfFailureDocument, {});
    const targets = (row: WorldResource) =>
      edges.filter(({ fromId, relationshipType }) => fromId === row.id && relationshipType === 'targets').length;
    const wanted = resources.filter(({ service }) => service === 'alb').map((row) => `${title(row)} ${targets(row)}`);
    expect(
      sorted(
        balancers?.nodes.map(({ displayName, dependencies }) => `${displayName} ${dependencies?.totalCount}`) ?? [],
      ),
    ).toEqual(sorted(wanted));
  });

  it('18: ranges that exist twice can be found', async () => {
    const { subnets } = await ask(CollidingRangesDocument, {});
    const repeated = (cidrs: readonly string[]) =>
      sorted([...new Set(cidrs.filter((cidr, i) => cidrs.indexOf(cidr) !== i))]);
    const shown = repeated(subnets?.nodes.map(({ cidr }) => cidr) ?? []);
    expect(shown.length).toBeGreaterThan(1);
    expect(shown).toEqual(repeated(world.network.subnets.map(({ cidr }) => cidr)));
  });

  it('19: a switch has what is connected to its ports', async () => {
    const linked = ({ interfaces }: WorldHost) => interfaces.filter(({ neighbour }) => neighbour);
    const device = first(
      hosts.filter((host) => linked(host).length > 2),
      'switch with neighbours',
    );
    const { host } = await ask(BehindThisSwitchDocument, { id: hostIdOf(device) });
    expect(host?.links?.edges).toHaveLength(linked(device).length);
  });

  it('20: the report adds up, and says which rules lack data', async () => {
    const { correlationReport } = await ask(HowGoodIsTheJoinDocument, {});
    const { data } = await harness.query<{ correlations: { totalCount: number } }>('{ correlations { totalCount } }');
    expect(correlationReport?.linksByRule.reduce((sum, { count }) => sum + count, 0)).toBe(
      data.correlations.totalCount,
    );
    expect(correlationReport?.inactiveRules.map(({ name }) => name)).toContain('mac');
  });

  it('21: what is run where, and what it costs, adds up to the whole', async () => {
    const { resourceGroups } = await ask(WhatItCostsByServiceAndRegionDocument, {});
    expect(resourceGroups).toMatchObject({ totalCount: resources.length, complete: true });
    const costs = resourceGroups?.groups.map(({ monthlyCost }) => Number(monthlyCost)) ?? [];
    expect(costs).toEqual(costs.toSorted((a, b) => b - a));
    const cents = resources.reduce((sum, row) => sum + Math.round(100 * Number(row.costEstimateMonthly ?? 0)), 0);
    expect(resourceGroups?.monthlyCost).toBe((cents / 100).toFixed(2));
  });

  it('22: open findings are counted by account and severity, and linked machines have bad ones', async () => {
    const { findingGroups, resources: machines } = await ask(WhereTheOpenFindingsAreDocument, {});
    const open = findings.filter(({ status }) => status === 'open');
    expect(findingGroups).toMatchObject({ totalCount: open.length, complete: true });
    expect(findingGroups?.groups[0]?.keys[0]?.label).not.toBe(findingGroups?.groups[0]?.keys[0]?.value);
    const bad = new Set(open.filter(({ severity }) => /critical|high/.test(severity)).map((row) => row.resourceId));
    expect(machines?.totalCount).toBeLessThanOrEqual(bad.size);
    for (const { hosts: of } of machines?.nodes ?? []) expect(of?.length).toBeGreaterThan(0);
  });

  it('15: a host that is gone at the next reading is a change, and the first reading is none', async () => {
    expect((await ask(WhatChangedDocument, {})).changes?.totalCount).toBe(0);
    const [server] = harness.scanopy;
    if (!server) throw new Error('expected a Scanopy server');
    await server.close();
    const later = await startScanopyDemo({
      world: { ...world.network, hosts: hosts.slice(0, -1) },
      version: '0.16.0',
      apiKey: server.apiKey,
      port: Number(new URL(server.url).port),
      rateLimit: false,
    });
    await vi.waitFor(
      async () => {
        const { changes } = await ask(WhatChangedDocument, {});
        expect(changes?.nodes.map(({ kind, asset }) => [kind, asset])).toEqual([['REMOVED', null]]);
      },
      { timeout: 90_000, interval: 50 },
    );
    await later.close();
  });

  it('asked every question there is a file for', () => {
    expect(sorted([...asked])).toEqual(
      sorted(files.map((name) => operationOf(readFileSync(`${FOLDER}/${name}`, 'utf8')))),
    );
  });
});
