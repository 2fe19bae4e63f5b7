import type { WorldResource } from '../world/cloud-world.ts';

/** AWS's own words about a resource, which the product means to keep to itself and sends with a single finding. */
export function awsDescriptionOf(row: WorldResource): object {
  const address = row.privateAddress === undefined ? {} : { PrivateIpAddress: row.privateAddress };
  const octets = row.privateAddress?.replaceAll('.', '-');
  const names = octets === undefined ? {} : { PrivateDnsName: `ip-${octets}.${row.region}.compute.internal` };
  const rules = { IpPermissions: [{ FromPort: 5432, ToPort: 5432, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }] };
  return { ...address, ...names, ...(row.service === 'security_group' ? rules : {}) };
}
