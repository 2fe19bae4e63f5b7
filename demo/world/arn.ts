import type { CloudAccount } from './cloud-accounts.ts';

/** `path` is everything after the fifth colon. IAM and S3 have no region, S3 no account either. */
export function arnOf(account: CloudAccount, service: string, region: string, path: string): string {
  return `arn:aws:${service}:${region}:${service === 's3' ? '' : account.record.awsAccountNumber}:${path}`;
}
