import type { CloudBuilder } from './cloud-builder.ts';
import { arnOf } from './cloud-builder.ts';
import type { Application } from './cloud-vpc.ts';
import type { WorldResource } from './cloud-world.ts';

export interface Watched {
  readonly instances: readonly WorldResource[];
  readonly functions: readonly WorldResource[];
  readonly balancers: readonly WorldResource[];
  readonly databases: readonly WorldResource[];
  readonly bucket: WorldResource;
}

/**
 * One alarm for the first of each kind. Functions are named by their function name and balancers by `app/name/id`, so
 * those targets find no row by their bare id.
 */
export function addAlarms(builder: CloudBuilder, application: Application, watched: Watched): void {
  const idOf = (row: WorldResource) => row.resourceId;
  addAlarm(builder, application, 'cpu-high', 'ec2', watched.instances[0], idOf);
  addAlarm(builder, application, 'free-space-low', 'rds', watched.databases[0], idOf);
  addAlarm(builder, application, 'errors', 'lambda', watched.functions[0], (row) => row.name ?? '');
  addAlarm(builder, application, '5xx', 'alb', watched.balancers[0], balancerSuffix);
  if (builder.random.chance(0.3)) addAlarm(builder, application, 'bucket-size', 's3', watched.bucket, idOf);
}

function balancerSuffix(row: WorldResource): string {
  return row.resourceId.slice(row.resourceId.indexOf(':loadbalancer/') + ':loadbalancer/'.length);
}

function addAlarm(
  builder: CloudBuilder,
  { name, vpc, tags }: Application,
  what: string,
  targetService: string,
  target: WorldResource | undefined,
  targetId: (row: WorldResource) => string,
): void {
  if (target === undefined) return;
  const { account, region } = vpc;
  const alarm = builder.resource(account, {
    service: 'cloudwatch_alarm',
    resourceId: arnOf(account, 'cloudwatch', region, `alarm:${name}-${what}`),
    region,
    name: `${name}-${what}`,
    state: builder.random.pick(['OK', 'OK', 'OK', 'ALARM', 'INSUFFICIENT_DATA']),
    tags,
    cost: '0.10',
  });
  builder.edge(alarm, 'monitors', targetService, targetId(target));
}
