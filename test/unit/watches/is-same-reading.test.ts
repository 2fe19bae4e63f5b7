import { expect, it } from 'vitest';
import type { FindingModel } from '#entities/finding/model.ts';
import { emptyCloudSnapshot, emptyNetworkSnapshot } from '#inventory/snapshot/empty-snapshot.ts';
import type { CloudSnapshot, NetworkSnapshot } from '#inventory/snapshot/snapshot.ts';
import { isSameReading } from '#watches/is-same-reading.ts';
import { account, address, host, resource, service } from '../../support/records.ts';

const [FIRST, SECOND] = ['2026-03-01T00:00:00.000Z', '2026-03-02T00:00:00.000Z'];

const finding = (at: string, detectionCount: number): FindingModel =>
  ({
    ...{ type: 'Finding', source: 'cloud', id: 'f', accountId: 'account-1', resourceId: 'r', status: 'OPEN' },
    ...{ lastDetectedAt: at, lastScanId: `scan of ${at}`, detectionCount, updatedAt: at },
  }) as FindingModel;

/** One reading of an estate in which nothing happens, by when it was. */
const cloudAt = (at: string, over: Partial<CloudSnapshot> = {}): CloudSnapshot => ({
  ...emptyCloudSnapshot('cloud', at),
  accounts: [{ ...account('account-1', '111111111111'), lastScanAt: at, updatedAt: at }],
  accountReadAt: new Map([['account-1', at]]),
  resources: new Map([['r', resource({ id: 'r', lastSeenAt: at, updatedAt: at })]]),
  findings: new Map([['f', finding(at, at === FIRST ? 1 : 2)]]),
  ...over,
});

const hostAt = (at: string, of: Partial<Parameters<typeof host>[0]> = {}) =>
  host({ id: 'h', lastSeenAt: at, updatedAt: at, services: [service({ id: 's', updatedAt: at })], ...of });

const networkAt = (at: string, ...hosts: readonly ReturnType<typeof hostAt>[]): NetworkSnapshot => ({
  ...emptyNetworkSnapshot('net', at),
  hosts: new Map(hosts.map((one) => [one.id, one])),
});

it('a reading in which only times and counts of sight moved is the same, in rows and in what they hold', async () => {
  expect(await isSameReading(cloudAt(FIRST), cloudAt(SECOND))).toBe(true);
  expect(await isSameReading(networkAt(FIRST, hostAt(FIRST)), networkAt(SECOND, hostAt(SECOND)))).toBe(true);
});

it.each<[string, NetworkSnapshot]>([
  ['a row that is gone', networkAt(SECOND)],
  ['a row more', networkAt(SECOND, hostAt(SECOND), hostAt(SECOND, { id: 'h-2' }))],
  ['another row in place of one', networkAt(SECOND, hostAt(SECOND, { id: 'h-2' }))],
  ['another name', networkAt(SECOND, hostAt(SECOND, { name: 'renamed' }))],
  ['an address more', networkAt(SECOND, hostAt(SECOND, { addresses: [address('10.0.0.1')] }))],
  ['another service', networkAt(SECOND, hostAt(SECOND, { services: [service({ id: 's', name: 'renamed' })] }))],
  ['what was null', networkAt(SECOND, hostAt(SECOND, { virtualization: { kind: 'VM' } as never }))],
  ['rows that are missing', { ...networkAt(SECOND, hostAt(SECOND)), missing: { hosts: 1, others: 0 } }],
])('a reading with %s is another one', async (_, now) => {
  expect(await isSameReading(networkAt(FIRST, hostAt(FIRST)), now)).toBe(false);
});

it.each<[string, Partial<CloudSnapshot>]>([
  ['another state of a resource', { resources: new Map([['r', resource({ id: 'r', state: 'stopped' })]]) }],
  ['another account', { accounts: [{ ...account('account-1', '111111111111'), status: 'ERROR' }] }],
  ['edges', { edges: new Map([['r', []]]) }],
  ['a finding that is resolved', { findings: new Map([['f', { ...finding(SECOND, 2), status: 'RESOLVED' }]]) }],
])('a reading with %s is another one', async (_, over) => {
  expect(await isSameReading(cloudAt(FIRST), cloudAt(SECOND, over))).toBe(false);
});
