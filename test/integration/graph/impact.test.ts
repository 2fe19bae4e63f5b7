import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WorldResource } from '#demo/world/cloud-world.ts';
import type { Harness } from '../../support/harness.ts';
import { startIndexed } from '../../support/indexed-gateway.ts';
import {
  edges,
  edgesFrom,
  edgesTo,
  hostByRowId,
  hostIdOf,
  hosts,
  resourceByRowId,
  resourceIdOf,
  resources,
  serviceIdOf,
  some,
  world,
} from './world-lookup.ts';

const QUERY = `query ($id: ID!, $depth: Int) {
  impact(id: $id, depth: $depth) {
    subject { id }
    impacted { asset { id __typename } effect distance path confidence notes }
    truncated
  }
}`;

interface Impacted {
  readonly asset: { readonly id: string; readonly __typename: string };
  readonly effect: string;
  readonly distance: number;
  readonly path: readonly string[];
  readonly confidence: string;
  readonly notes: readonly string[];
}
interface Answer {
  readonly impact: { readonly subject: { id: string }; readonly impacted: Impacted[]; readonly truncated: boolean };
}

let harness: Harness;
beforeAll(async () => {
  harness = await startIndexed({
    scanorbit: [{ movingScans: false }],
    scanopy: [{ version: '0.17.22' }],
    world: () => world,
  });
  harness.resetUpstreamCalls();
});
afterAll(async () => {
  expect(harness.upstreamCalls()).toBe(0);
  await harness.close();
});

const impactOf = async (id: string, depth = 1): Promise<readonly Impacted[]> => {
  const { data, errors } = await harness.query<Answer>(QUERY, { id, depth });
  expect(errors).toBeUndefined();
  expect(data.impact.subject.id).toBe(id);
  return data.impact.impacted;
};
const withEffect = (impacted: readonly Impacted[], effect: string, type = 'Resource'): string[] =>
  impacted
    .filter((of) => of.effect === effect && of.asset.__typename === type)
    .map(({ asset }) => asset.id)
    .toSorted();
const idsOf = (rowIds: readonly string[]): string[] => [...new Set(rowIds)].map(resourceIdOf).toSorted();
const isOf = (service: string) => (row: WorldResource) => row.service === service;

describe('what happens when an asset goes', () => {
  it('a volume: the instance it is attached to degrades, and the answer says that a root volume would break it', async () => {
    const attachment = some(
      edges.find((edge) => {
        const volume = resourceByRowId.get(edge.fromId);
        if (edge.relationshipType !== 'attached_to' || volume?.service !== 'ebs') return false;
        const instances = resources.filter(({ resourceId }) => resourceId === edge.targetResourceId);
        return (
          instances.length === 1 && edgesFrom(volume.id, 'attached_to').length === 1 && volume.state !== 'unattached'
        );
      }),
      'attached volume',
    );
    const instance = some(
      resources.find(({ resourceId }) => resourceId === attachment.targetResourceId),
      'instance',
    );
    const [hit, ...others] = (await impactOf(resourceIdOf(attachment.fromId))).filter(
      ({ asset }) => asset.__typename === 'Resource',
    );
    expect(others).toEqual([]);
    expect(hit).toMatchObject({ effect: 'DEGRADES', distance: 1, confidence: 'CERTAIN' });
    expect(hit?.path).toEqual([resourceIdOf(attachment.fromId), resourceIdOf(instance.id)]);
    expect(hit?.notes.join()).toMatch(/root volume/);
  });

  it('a KMS key: everything encrypted with it breaks, and nothing else is one step away', async () => {
    const key = some(
      resources.filter(isOf('kms_key')).find((row) => edgesTo(row, 'encrypted_by').length > 2),
      'key in use',
    );
    const impacted = await impactOf(resourceIdOf(key.id));
    expect(withEffect(impacted, 'BREAKS')).toEqual(idsOf(edgesTo(key, 'encrypted_by').map(({ fromId }) => fromId)));
    expect(withEffect(impacted, 'DEGRADES')).toEqual([]);
  });

  it('a security group: everything it protects breaks', async () => {
    const group = some(
      resources.filter(isOf('security_group')).find((row) => edgesTo(row, 'uses_sg').length > 2),
      'group in use',
    );
    const impacted = await impactOf(resourceIdOf(group.id));
    expect(withEffect(impacted, 'BREAKS')).toEqual(idsOf(edgesTo(group, 'uses_sg').map(({ fromId }) => fromId)));
  });

  it('an instance: its volumes and interfaces are orphaned, balancers with other targets degrade, no alarm loses what it watches', async () => {
    const instance = some(
      resources
        .filter(isOf('ec2'))
        .find(
          (row) =>
            edgesTo(row, 'targets').length > 0 &&
            edgesTo(row, 'attached_to').some(({ fromId }) => resourceByRowId.get(fromId)?.service === 'ebs'),
        ),
      'instance behind a load balancer',
    );
    const impacted = await impactOf(resourceIdOf(instance.id));
    const balancers = idsOf(edgesTo(instance, 'targets').map(({ fromId }) => fromId));
    const volumes = edgesTo(instance, 'attached_to')
      .map(({ fromId }) => resourceByRowId.get(fromId))
      .filter((row) => row?.service === 'ebs' && row.state !== 'unattached')
      .filter((row) => edgesFrom(row?.id ?? '', 'attached_to').length === 1)
      .map((row) => row?.id ?? '');
    const hit = [...withEffect(impacted, 'DEGRADES'), ...withEffect(impacted, 'BREAKS')];
    expect(hit.toSorted()).toEqual(balancers);
    expect(withEffect(impacted, 'ORPHANS')).toEqual(expect.arrayContaining(idsOf(volumes)));
    const alarms = idsOf(edgesTo(instance, 'monitors').map(({ fromId }) => fromId));
    expect(impacted.filter(({ asset }) => alarms.includes(asset.id))).toEqual([]);
  });

  it('an alarm: what it watched is unobserved, on both sides, and nothing beyond it is affected', async () => {
    const edge = some(
      edges.find(
        ({ relationshipType, targetResourceId }) =>
          relationshipType === 'monitors' &&
          resources.filter((row) => row.resourceId === targetResourceId).length === 1,
      ),
      'alarm',
    );
    const watched = some(
      resources.find(({ resourceId }) => resourceId === edge.targetResourceId),
      'watched resource',
    );
    const same = world.truth
      .filter(({ resourceId, confidence }) => resourceId === watched.id && /CERTAIN|HIGH/.test(confidence))
      .map(({ hostId }) => hostIdOf(hostId));
    const impacted = await impactOf(resourceIdOf(edge.fromId), 5);
    expect(impacted.map(({ effect }) => effect)).toEqual(impacted.map(() => 'BLINDS'));
    expect(impacted.map(({ asset }) => asset.id).toSorted()).toEqual([resourceIdOf(watched.id), ...same].toSorted());
  });

  it('a hypervisor host: its service and every guest break, and so does what runs on the guests', async () => {
    const guests = (serviceId: string) => hosts.filter(({ virtualization }) => virtualization?.serviceId === serviceId);
    const hypervisor = some(
      hosts.find(({ services }) => services.some(({ id }) => guests(id).length > 1)),
      'hypervisor',
    );
    const impacted = await impactOf(hostIdOf(hypervisor.id), 3);
    const machines = hypervisor.services.flatMap(({ id }) => guests(id));
    expect(withEffect(impacted, 'BREAKS', 'Host')).toEqual(machines.map(({ id }) => hostIdOf(id)).toSorted());
    const services = [hypervisor, ...machines].flatMap((host) => host.services.map(({ id }) => serviceIdOf(id)));
    expect(withEffect(impacted, 'BREAKS', 'Service')).toEqual(expect.arrayContaining(services));
    const [guest] = machines;
    const hit = impacted.find(({ asset }) => asset.id === hostIdOf(guest?.id ?? ''));
    const via = hypervisor.services.find(({ id }) => id === guest?.virtualization?.serviceId);
    expect(hit?.path).toEqual([hostIdOf(hypervisor.id), serviceIdOf(via?.id ?? ''), hostIdOf(guest?.id ?? '')]);
  });

  it('a service in a request path: those before it break, those after it do not', async () => {
    const known = new Set(hosts.flatMap(({ services }) => services.map(({ id }) => id)));
    const path = some(
      world.network.dependencies.find(
        ({ type, members }) =>
          type === 'RequestPath' &&
          members.length > 2 &&
          members.slice(0, 3).every(({ serviceId }) => known.has(serviceId)),
      ),
      'request path',
    );
    const ids = path.members.map(({ serviceId }) => serviceIdOf(serviceId));
    const [before = '', middle = '', after = ''] = ids;
    const impacted = await impactOf(middle);
    const broken = withEffect(impacted, 'BREAKS', 'Service');
    expect(broken).toContain(before);
    expect(impacted.find(({ asset }) => asset.id === before)?.distance).toBe(1);
    expect(impacted.map(({ asset }) => asset.id)).not.toContain(after);
  });

  it('runs through both worlds: a resource seen as a host takes the services of the host along, one step away', async () => {
    const link = some(
      world.truth.find(
        ({ rule, hostId }) => rule === 'instance-id-name' && (hostByRowId.get(hostId)?.services.length ?? 0) > 0,
      ),
      'instance seen on a network',
    );
    const impacted = await impactOf(resourceIdOf(link.resourceId));
    const services = hostByRowId.get(link.hostId)?.services.map(({ id }) => serviceIdOf(id)) ?? [];
    expect(withEffect(impacted, 'BREAKS', 'Service')).toEqual(expect.arrayContaining(services));
    const hit = impacted.find(({ asset }) => asset.id === services[0]);
    expect(hit).toMatchObject({ distance: 1 });
    expect(hit?.path).toEqual([resourceIdOf(link.resourceId), hostIdOf(link.hostId), services[0]]);
    expect(impacted.map(({ asset }) => asset.id)).not.toContain(hostIdOf(link.hostId));
  });

  it('refuses the id of a type without impact, and returns null for an unknown id', async () => {
    const account = await harness.query<{ accounts: { id: string }[] }>('{ accounts { id } }');
    const { errors } = await harness.query(QUERY, { id: account.data.accounts[0]?.id });
    expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    harness.resetUpstreamCalls();
  });
});
