import type { CloudBuilder } from './cloud-builder.ts';
import { arnOf } from './cloud-builder.ts';
import type { Application } from './cloud-vpc.ts';
import { placeIn } from './cloud-vpc.ts';
import type { WorldResource } from './cloud-world.ts';

type BalancerKind = 'app' | 'net';

/** An application balancer in front of the instances; often a network balancer with addresses as targets. */
export function addBalancers(
  builder: CloudBuilder,
  application: Application,
  instances: readonly WorldResource[],
  functions: readonly WorldResource[],
): readonly WorldResource[] {
  const alb = addBalancer(builder, application, 'app', `${application.name}-web`);
  for (const instance of instances.slice(0, 2)) builder.edge(alb, 'targets', 'ec2', instance.resourceId);
  const target = functions[0];
  if (target !== undefined && builder.random.chance(0.4)) builder.edge(alb, 'targets', 'lambda', target.resourceId);
  if (builder.random.chance(0.5)) return [alb];
  const nlb = addBalancer(builder, application, 'net', `${application.name}-tcp`);
  for (const instance of instances.slice(-2)) {
    builder.edge(nlb, 'targets', 'ec2', instance.privateAddress ?? application.vpc.nextPrivateAddress());
  }
  return [alb, nlb];
}

function addBalancer(
  builder: CloudBuilder,
  { vpc, tags, webGroup }: Application,
  kind: BalancerKind,
  name: string,
): WorldResource {
  const { account, region } = vpc;
  const suffix = `${kind}/${name}/${builder.random.hex(16)}`;
  const row = builder.resource(account, {
    service: 'alb',
    resourceId: arnOf(account, 'elasticloadbalancing', region, `loadbalancer/${suffix}`),
    region,
    name,
    state: 'active',
    tags,
    cost: '16.43',
  });
  const groups = kind === 'app' ? [webGroup] : [];
  const subnets = vpc.subnets.slice(0, 2);
  placeIn(builder, vpc, row, subnets, groups);
  const targetGroup = `targetgroup/${name}-tg/${builder.random.hex(16)}`;
  builder.edge(row, 'owns', 'target_group', arnOf(account, 'elasticloadbalancing', region, targetGroup));
  for (const subnet of subnets) {
    const eni = builder.resource(account, {
      service: 'eni',
      resourceId: builder.awsId('eni'),
      region,
      name: `ELB ${suffix}`,
      state: 'in-use',
      privateAddress: vpc.nextPrivateAddress(),
    });
    placeIn(builder, vpc, eni, [subnet], groups);
  }
  return row;
}
