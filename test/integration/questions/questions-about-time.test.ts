import { readdirSync, readFileSync } from 'node:fs';
import { expect, it, vi } from 'vitest';
import { encodeGlobalId } from '#lib/record-ref.ts';
import {
  GoneButStillNeededDocument,
  SinceWhenIsThisPortOpenDocument,
  type TypedDocumentString,
  WhatAppearedThisWeekDocument,
  WhatDidImpactLookLikeBeforeDocument,
  WhichFindingsComeBackDocument,
} from '../../generated/graphql.ts';
import { replaceNetwork, startWithHistory } from '../../support/history/gateway-with-history.ts';
import { isAboutTime } from '../../support/questions-about-time.ts';

const FOLDER = 'docs/questions';
const operationOf = (text: string): string => /query (\w+)/.exec(text)?.[1] ?? '';

/** A reading is kept moments after it ended. */
const PATIENCE = { timeout: 90_000, interval: 100 };

it('answers what appeared, what is missed, since when a port is open, what impact was, and what comes back', async () => {
  const { world, harness } = await startWithHistory();
  const [cloud] = harness.scanorbit;
  if (!cloud) throw new Error('Expected a ScanOrbit server.');
  const asked = new Set<string>();
  const ask = async <Data, Variables extends Record<string, unknown>>(
    document: TypedDocumentString<Data, Variables>,
    variables: Variables,
  ): Promise<Data> => {
    asked.add(operationOf(document.toString()));
    const { data, errors } = await harness.query<Data>(document.toString(), variables);
    expect(errors).toBeUndefined();
    return data;
  };

  // An encryption key with users, one of its users, an open finding, and hosts of which one is not there yet.
  const { resources, edges, findings } = world.cloud;
  const users = (of: { readonly resourceId: string }) =>
    edges.filter((edge) => edge.targetResourceId === of.resourceId && edge.relationshipType === 'encrypted_by');
  const key = resources.find((row) => row.service === 'kms_key' && users(row).length > 1);
  const finding = findings.find(({ status, accountId }) => status === 'open' && accountId === key?.accountId);
  const host = world.network.hosts.find(({ ports }) => ports.length > 1);
  if (!key || !finding || !host) throw new Error('Expected a key in use, an open finding and a host with ports.');
  const keyId = encodeGlobalId({ type: 'Resource', source: 'scanorbit', id: key.id });
  const hostId = encodeGlobalId({ type: 'Host', source: 'scanopy', id: host.id });
  const before = new Date().toISOString();
  const scan = () => cloud.completeScan(key.accountId);
  const since = new Date(Date.now() - 7 * 24 * 3_600_000).toISOString();

  const newcomer = {
    ...host,
    id: host.id.replace(/^.{8}/, 'feedbeef'),
    name: 'newcomer',
    hostname: 'newcomer.example',
  };
  const opened = { ...host, ports: host.ports.slice(1) };
  cloud.setFindingStatus(finding.id, 'resolved');
  cloud.removeResource(key.id);
  scan();
  await replaceNetwork(harness, {
    ...world.network,
    hosts: [
      ...world.network.hosts.map((one) => (one.id === host.id ? opened : one)),
      { ...newcomer, services: [], ports: [], addresses: [], interfaces: [] },
    ],
  });

  await vi.waitFor(async () => {
    const { changes } = await ask(WhatAppearedThisWeekDocument, { since });
    expect(changes?.nodes.map(({ title }) => title)).toEqual(['newcomer']);
  }, PATIENCE);
  await vi.waitFor(async () => {
    const { changes } = await ask(GoneButStillNeededDocument, { since });
    expect(changes?.nodes.map(({ neededBy }) => neededBy?.totalCount)).toEqual([users(key).length]);
    const names = changes?.nodes[0]?.neededBy?.edges.map(({ kind, node }) => [kind, node?.id]);
    expect(names).toEqual(
      expect.arrayContaining(
        users(key).map(({ fromId }) => [
          'ENCRYPTED_BY',
          encodeGlobalId({ type: 'Resource', source: 'scanorbit', id: fromId }),
        ]),
      ),
    );
  }, PATIENCE);

  const { host: shown } = await ask(SinceWhenIsThisPortOpenDocument, { id: hostId });
  const [now, first] = shown?.history?.nodes ?? [];
  expect([now?.kind, first?.kind, now?.since]).toEqual(['CHANGED', 'FIRST', first?.from]);
  expect(now?.fields.map(({ name }) => name)).toContain('ports');

  const impact = await ask(WhatDidImpactLookLikeBeforeDocument, { id: keyId, time: before });
  expect(impact.before?.impact?.impacted.length).toBeGreaterThanOrEqual(users(key).length);
  expect(impact.now).toBeNull();

  const came = async () => (await ask(WhichFindingsComeBackDocument, { since })).changes?.nodes ?? [];
  expect(await came()).toEqual([]);
  cloud.setFindingStatus(finding.id, 'open');
  scan();
  await vi.waitFor(async () => {
    const [back, ...others] = await came();
    expect(others).toEqual([]);
    expect(back?.finding).toMatchObject({ status: 'OPEN' });
    expect(back?.finding?.id).toBe(encodeGlobalId({ type: 'Finding', source: 'scanorbit', id: finding.id }));
  }, PATIENCE);

  const files = readdirSync(FOLDER).filter(isAboutTime);
  expect([...asked].sort()).toEqual(files.map((name) => operationOf(readFileSync(`${FOLDER}/${name}`, 'utf8'))).sort());
});
