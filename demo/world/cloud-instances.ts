import type { CloudBuilder } from './cloud-builder.ts';
import { arnOf } from './cloud-builder.ts';
import type { Application } from './cloud-vpc.ts';
import { addElasticIp, placeIn, subnetOf } from './cloud-vpc.ts';
import type { WorldResource } from './cloud-world.ts';

const layers = ['web', 'app', 'worker', 'bastion'] as const;

/** Three to five instances, each with its network interface and two volumes, one behind an Elastic IP. */
export function addInstances(builder: CloudBuilder, application: Application): readonly WorldResource[] {
  const { account, region } = application.vpc;
  const role = `${application.name}-instance`;
  builder.resource(account, {
    service: 'iam_role',
    resourceId: arnOf(account, 'iam', '', `role/${role}`),
    region: 'global',
    name: role,
    tags: application.tags,
  });
  const profile = arnOf(account, 'iam', '', `instance-profile/${role}`);
  const instances = Array.from({ length: builder.random.int(3, 5) }, (_, index) =>
    addInstance(builder, application, index, profile),
  );
  addElasticIp(builder, account, region, 'associated', { Name: `${application.name}-bastion` });
  if (builder.random.chance(0.4)) addElasticIp(builder, account, region, 'unassociated');
  if (builder.random.chance(0.5)) addUnattachedVolume(builder, application);
  return instances;
}

function addInstance(builder: CloudBuilder, application: Application, index: number, profile: string): WorldResource {
  const { vpc, tags, webGroup, appGroup } = application;
  const layer = layers[index % layers.length] as string;
  const named = !builder.random.chance(0.08);
  const name = named
    ? `${application.name}-${layer}-${String(1 + Math.floor(index / layers.length)).padStart(2, '0')}`
    : '';
  const running = builder.random.chance(0.9);
  const privateAddress = vpc.nextPrivateAddress();
  const instance = builder.resource(vpc.account, {
    service: 'ec2',
    resourceId: vpc.account.role === 'legacy' && index === 0 ? `i-${builder.random.hex(8)}` : builder.awsId('i'),
    region: vpc.region,
    name,
    state: running ? 'running' : 'stopped',
    tags: { ...tags, ...(named ? { Name: name } : {}), ...correlationTags(builder, privateAddress) },
    cost: running ? builder.random.pick(['7.59', '15.18', '30.37', '60.74', '121.47', '140.16']) : '0.00',
    privateAddress,
  });
  const subnet = subnetOf(vpc, index);
  const groups = layer === 'web' ? [webGroup] : [appGroup, vpc.defaultSecurityGroup];
  placeIn(builder, vpc, instance, [subnet], groups);
  builder.edge(instance, 'uses_role', 'iam_role', profile);
  addPrimaryInterface(builder, application, instance, subnet, groups);
  addVolume(builder, application, instance, 'root', builder.random.pick([8, 16, 30]));
  addVolume(builder, application, instance, 'data', builder.random.pick([50, 100, 500]));
  return instance;
}

/**
 * Some operators write the private address into a tag (`ip-address`), some write the id of the host that the network
 * inventory knows (`scanopy:host-id`), which is then the id that the network half gives to that host.
 */
function correlationTags(builder: CloudBuilder, privateAddress: string): Record<string, string> {
  const draw = builder.random.next();
  if (draw < 0.1) return { 'ip-address': privateAddress };
  if (draw < 0.16) return { 'scanopy:host-id': builder.random.uuid() };
  return {};
}

function addPrimaryInterface(
  builder: CloudBuilder,
  { vpc }: Application,
  instance: WorldResource,
  subnet: string,
  groups: readonly WorldResource[],
): void {
  const eni = builder.resource(vpc.account, {
    service: 'eni',
    resourceId: builder.awsId('eni'),
    region: vpc.region,
    name: builder.random.chance(0.7) ? '' : 'Primary network interface',
    state: 'in-use',
    ...(instance.privateAddress === undefined ? {} : { privateAddress: instance.privateAddress }),
  });
  builder.edge(eni, 'attached_to', 'ec2', instance.resourceId);
  placeIn(builder, vpc, eni, [subnet], groups);
}

function addUnattachedVolume(builder: CloudBuilder, { vpc, tags }: Application): void {
  const resourceId = builder.awsId('vol');
  builder.resource(vpc.account, {
    service: 'ebs',
    resourceId,
    region: vpc.region,
    state: 'unattached',
    tags,
    cost: '10.00',
  });
}

function addVolume(
  builder: CloudBuilder,
  application: Application,
  instance: WorldResource,
  use: string,
  size: number,
) {
  const { vpc, tags } = application;
  const name = instance.name === '' ? '' : `${instance.name}-${use}`;
  const volume = builder.resource(vpc.account, {
    service: 'ebs',
    resourceId: builder.awsId('vol'),
    region: vpc.region,
    name,
    state: 'in-use',
    tags: name === '' ? tags : { ...tags, Name: name },
    cost: (size * builder.random.pick([0.08, 0.1, 0.125])).toFixed(2),
  });
  builder.edge(volume, 'attached_to', 'ec2', instance.resourceId);
}
