import type { Random } from '../random.ts';
import type { WorldAccount } from './cloud-world.ts';
import { DAY, HOUR, isoOf, MINUTE, SECOND } from './time.ts';

type AccountRole = 'production' | 'staging' | 'legacy' | 'sandbox';

/** An account together with what the builder must know about it. `seenAt` is the start of the scan that saw its rows. */
export interface CloudAccount {
  readonly role: AccountRole;
  readonly record: WorldAccount;
  readonly regions: readonly string[];
  readonly seenAt: number;
  /** Put in front of names; the production account has none. */
  readonly prefix: string;
}

/** From the start of a scan to the end of its scan phase. */
export const SCAN_DURATION = 4 * MINUTE + 32 * SECOND;

const allScanners = [
  'ec2',
  'rds',
  's3',
  'alb',
  'acm',
  'lambda',
  'cloudwatch',
  'iam',
  'security_groups',
  'secrets_manager',
  'kms',
] as const;

/** Newest first, as the product lists them. The sandbox has never been scanned. */
export function createAccounts(random: Random, now: number): readonly CloudAccount[] {
  const account = (
    role: AccountRole,
    prefix: string,
    regions: readonly string[],
    seenAt: number,
    record: Omit<WorldAccount, 'id'>,
  ): CloudAccount => ({ role, prefix, regions, seenAt, record: { id: random.uuid(), ...record } });
  const productionSeen = now - 2 * HOUR;
  const stagingSeen = now - 6 * MINUTE;
  const legacySeen = now - 12 * DAY;
  return [
    account('sandbox', 'sbx-', ['eu-west-1'], now, {
      name: 'Sandbox',
      awsAccountNumber: random.letters(12, '123456789'),
      status: 'pending',
      lastError: null,
      lastScanAt: null,
      enabledScanners: ['ec2', 's3'],
      createdAt: isoOf(now - 2 * HOUR),
    }),
    account('production', '', ['eu-west-1', 'eu-central-1'], productionSeen, {
      name: 'Production',
      awsAccountNumber: `0${random.letters(11, '123456789')}`,
      status: 'ok',
      lastError: null,
      lastScanAt: isoOf(productionSeen + SCAN_DURATION),
      enabledScanners: allScanners,
      createdAt: isoOf(now - 410 * DAY),
    }),
    account('staging', 'stg-', ['eu-west-1'], stagingSeen, {
      name: 'Staging',
      awsAccountNumber: random.letters(12, '123456789'),
      status: 'ok',
      lastError: '',
      lastScanAt: isoOf(stagingSeen + SCAN_DURATION),
      enabledScanners: allScanners,
      createdAt: isoOf(now - 402 * DAY),
    }),
    account('legacy', 'old-', ['us-east-1'], legacySeen, {
      name: 'Legacy (do not touch)',
      awsAccountNumber: random.letters(12, '123456789'),
      status: 'error',
      lastError: 'AccessDenied: not authorized to perform sts:AssumeRole on [REDACTED]',
      lastScanAt: isoOf(legacySeen + SCAN_DURATION),
      enabledScanners: allScanners.filter((scanner) => scanner !== 'cloudwatch'),
      createdAt: isoOf(now - 420 * DAY),
    }),
  ];
}
