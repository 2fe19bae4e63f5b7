import type { CloudBuilder } from './cloud-builder.ts';
import { addSingleInstance, addSingleVolume } from './cloud-single.ts';
import { addElasticIp } from './cloud-vpc.ts';
import type { Sites } from './sites.ts';
import { DAY } from './time.ts';

/** Things that were: rows not seen any more, edges never removed, addresses that belong to nobody. */
export function addLeftovers(builder: CloudBuilder, { production, frankfurt }: Sites): void {
  const gone = builder.now - 9 * DAY;
  const stale = addSingleInstance(builder, production, 'orders-canary', { lastSeenAt: gone });
  addSingleVolume(builder, production, 'orders-canary-root', 'in-use', [stale], gone);
  const ended = addSingleInstance(builder, production, 'import-2025', { state: 'terminated', cost: '0.00' });
  addSingleVolume(builder, production, 'import-2025-data', 'unattached', [ended]);
  const moved = [addSingleInstance(builder, frankfurt, 'nfs-01'), addSingleInstance(builder, frankfurt, 'nfs-02')];
  addSingleVolume(builder, frankfurt, 'nfs-share', 'in-use', moved);
  addSingleInstance(builder, frankfurt, 'forgotten-poc', { state: 'stopped', cost: '0.00' });
  addElasticIp(builder, production.account, production.region, 'unassociated', { Name: 'old-office-vpn' });
  addElasticIp(builder, frankfurt.account, frankfurt.region, 'unassociated');
  builder.resource(production.account, {
    service: 'eni',
    resourceId: builder.awsId('eni'),
    region: production.region,
    name: 'left by a migration',
    state: 'available',
  });
}
