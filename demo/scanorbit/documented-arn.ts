import type { WorldResource } from '../world/cloud-world.ts';

/** What stands before the short id in the last part of the ARN, by service of the scanner. */
const arnForms: Readonly<Record<string, string>> = {
  ec2: 'ec2 instance/',
  ebs: 'ec2 volume/',
  eip: 'ec2 elastic-ip/',
  eni: 'ec2 network-interface/',
  nat_gateway: 'ec2 natgateway/',
  security_group: 'ec2 security-group/',
  rds: 'rds db:',
  rds_snapshot: 'rds snapshot:',
};

/** The published reference shows full ARNs where the scanner stores short ids. Access keys have none. */
export function documentedArnOf(row: WorldResource, awsAccountNumber: string): string {
  if (row.resourceId.startsWith('arn:')) return row.resourceId.replace(/:\*$/, '');
  if (row.service === 's3') return `arn:aws:s3:::${row.resourceId}`;
  const [service, form] = arnForms[row.service]?.split(' ') ?? [];
  if (service === undefined || form === undefined) return row.resourceId;
  return `arn:aws:${service}:${row.region ?? ''}:${awsAccountNumber}:${form}${row.resourceId}`;
}
