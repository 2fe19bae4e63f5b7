import { expect, it } from 'vitest';
import { hitsOf } from '../../../explorer/src/search/hits.ts';

const HOST = {
  __typename: 'Host',
  id: 'h1',
  displayName: 'ams-0014',
  name: 'ams-0014',
  hostname: null,
  description: null,
  addresses: [{ address: '10.0.0.7' }],
  services: [{ displayName: 'Nginx' }],
} as const;

const RESOURCE = {
  __typename: 'Resource',
  id: 'r1',
  displayName: 'queue',
  service: 'sqs',
  region: 'eu-west-1',
  resourceId: 'q-1',
  tags: [{ key: 'Proxy', value: 'nginx' }],
} as const;

const resources = { resources: { totalCount: 1, nodes: [RESOURCE] } };
const networks = { hosts: { totalCount: 1, nodes: [HOST] }, services: null };

it('says which text of a record contains what was typed, in whatever letter case', () => {
  expect(hitsOf('NGINX', { resources, networks }).map(({ title, matched }) => [title, matched])).toEqual([
    ['queue', 'tag Proxy = nginx contains it'],
    ['ams-0014', 'service Nginx contains it'],
  ]);
});

it('shows a record once, by its identifier where it has what was typed', () => {
  const identifiers = {
    lookup: [{ matchedOn: 'IP_ADDRESS', node: { ...HOST, id: 'h1' } }],
  } as const;
  expect(hitsOf('10.0.0.7', { identifiers, networks })).toEqual([
    { id: 'h1', type: 'Host', title: 'ams-0014', detail: 'host · 10.0.0.7', matched: 'has this address' },
  ]);
});

it('finds accounts and networks by a part of their names', () => {
  const places = {
    sources: [],
    accounts: [{ __typename: 'CloudAccount', id: 'a1', name: 'Production', awsAccountNumber: '012345678901' }],
    networks: { nodes: [{ __typename: 'Network', id: 'n1', name: 'Lisbon office' }] },
  } as const;
  expect(hitsOf('prod', { places }).map(({ title, detail }) => [title, detail])).toEqual([
    ['Production', 'AWS account 012345678901'],
  ]);
  expect(hitsOf('OFFICE', { places }).map(({ id }) => id)).toEqual(['n1']);
});
