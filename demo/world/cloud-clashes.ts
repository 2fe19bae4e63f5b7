import type { CloudBuilder } from './cloud-builder.ts';
import { arnOf } from './cloud-builder.ts';
import { addSingleInstance } from './cloud-single.ts';
import type { Sites } from './cloud-vpc.ts';
import { placeIn } from './cloud-vpc.ts';

/** One name, several things: databases and balancers of two accounts, instances that share a Name tag. */
export function addClashingNames(builder: CloudBuilder, { production, frankfurt, staging, legacy }: Sites): void {
  const rds = { service: 'rds', resourceId: 'orders-db', name: 'orders-db', state: 'available', cost: '49.64' };
  const twin = builder.resource(legacy.account, { ...rds, region: legacy.region });
  placeIn(builder, legacy, twin, legacy.subnets, [legacy.defaultSecurityGroup]);
  const alarm = builder.resource(legacy.account, {
    service: 'cloudwatch_alarm',
    resourceId: arnOf(legacy.account, 'cloudwatch', legacy.region, 'alarm:orders-db-connections'),
    region: legacy.region,
    name: 'orders-db-connections',
    state: 'OK',
    cost: '0.10',
  });
  builder.edge(alarm, 'monitors', 'rds', 'orders-db');
  for (const vpc of [production, staging]) {
    const suffix = `app/front/${builder.random.hex(16)}`;
    const balancer = builder.resource(vpc.account, {
      service: 'alb',
      resourceId: arnOf(vpc.account, 'elasticloadbalancing', vpc.region, `loadbalancer/${suffix}`),
      region: vpc.region,
      name: 'front',
      state: 'active',
      cost: '16.43',
    });
    placeIn(builder, vpc, balancer, vpc.subnets.slice(0, 2), [vpc.defaultSecurityGroup]);
    addSingleInstance(builder, vpc, 'cache-01');
  }
  for (const vpc of [production, frankfurt, staging]) addSingleInstance(builder, vpc, 'build-agent');
  addSingleInstance(builder, production, 'web');
}

/** Tags by which people say what is what; `scanopy:not-host-id` says what is not. */
export function addExplicitLinks(builder: CloudBuilder, { production, frankfurt }: Sites): void {
  const hostId = () => builder.random.uuid();
  addSingleInstance(builder, production, 'vpn-gateway-01', { tags: { 'scanopy:host-id': hostId() } });
  addSingleInstance(builder, frankfurt, 'git.northwind.example', { tags: { 'scanopy:host-id': hostId() } });
  addSingleInstance(builder, production, 'jump-01', { tags: { 'scanopy:not-host-id': hostId() } });
  const address = production.nextPrivateAddress();
  addSingleInstance(builder, production, 'metrics-01', { privateAddress: address, tags: { 'ip-address': address } });
}
