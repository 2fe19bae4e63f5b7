import type { NetworkBuilder } from './network-builder.ts';
import type { WorldNetwork, WorldSubnet } from './network-world.ts';

/** One VLAN for each subnet, numbered alike in every office; the last also names a subnet that is gone. */
export function addVlans(
  builder: NetworkBuilder,
  network: WorldNetwork,
  subnets: readonly WorldSubnet[],
): readonly string[] {
  return subnets.map((subnet, at) => {
    const gone = at === subnets.length - 1 ? [builder.random.uuid()] : [];
    const vlan = {
      id: builder.random.uuid(),
      networkId: network.id,
      number: 10 * (at + 1),
      name: subnet.name.toLowerCase().replaceAll(' ', '-'),
      description: null,
      subnetIds: [subnet.id, ...gone],
      createdAt: builder.instant(builder.now - 86_400_000),
    };
    builder.vlans.push(vlan);
    return vlan.id;
  });
}
