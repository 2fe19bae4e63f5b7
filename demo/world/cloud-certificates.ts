import type { Random } from '../random.ts';
import type { CloudAccount } from './cloud-accounts.ts';
import { arnOf } from './cloud-builder.ts';
import type { WorldCertificate } from './cloud-world.ts';
import { DAY, isoOf } from './time.ts';

/** Days until each certificate ends; those with 60 and more have no finding and stay invisible. */
const daysLeft = [-12, -1, 3, 5, 9, 14, 21, 28, 34, 45, 52, 58, 75, 190] as const;
const names = [
  'git',
  'shop',
  'api',
  'grafana',
  'vpn',
  'mail',
  'sso',
  'wiki',
  'files',
  'status',
  'ci',
  'docs',
  'crm',
  'erp',
];

/** Certificates of names that the network half serves too, with wildcards, a fingerprint and one that was never issued. */
export function createCertificates(
  random: Random,
  now: number,
  accounts: readonly CloudAccount[],
): readonly WorldCertificate[] {
  const scanned = accounts.filter((account) => account.role !== 'sandbox');
  const rows = names.map((name, index) => {
    const account = scanned[index % scanned.length] as CloudAccount;
    const region = account.regions[0] ?? 'us-east-1';
    const domain = `${account.prefix}${name}.northwind.example`;
    const endpoint = index % 4 === 3;
    return {
      id: random.uuid(),
      accountId: account.record.id,
      identifier: endpoint ? random.hex(64) : arnOf(account, 'acm', region, `certificate/${random.uuid()}`),
      source: endpoint ? ('endpoint_scan' as const) : ('acm' as const),
      primaryDomain: domain,
      altNames: index % 3 === 0 ? [domain, `*.${domain}`] : [domain],
      notBefore: isoOf(now - 300 * DAY),
      notAfter: isoOf(now + (daysLeft[index] ?? 90) * DAY),
      issuer: endpoint ? "Let's Encrypt" : 'Amazon',
      algorithm: endpoint ? 'EC_prime256v1' : 'RSA_2048',
      lastSeenAt: isoOf(account.seenAt),
    };
  });
  const first = scanned[0] as CloudAccount;
  const pending = arnOf(first, 'acm', first.regions[0] ?? '', `certificate/${random.uuid()}`);
  return [...rows, neverIssued(random.uuid(), first, pending)];
}

function neverIssued(id: string, account: CloudAccount, identifier: string): WorldCertificate {
  return {
    id,
    accountId: account.record.id,
    identifier,
    source: 'acm',
    primaryDomain: null,
    altNames: [],
    notBefore: null,
    notAfter: '0001-01-01T00:00:00.000Z',
    issuer: null,
    algorithm: null,
    lastSeenAt: isoOf(account.seenAt),
  };
}
