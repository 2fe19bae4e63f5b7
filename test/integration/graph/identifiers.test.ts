import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeGlobalId } from '#lib/record-ref.ts';
import type { Harness } from '../../support/harness.ts';
import { startIndexed } from '../../support/indexed-gateway.ts';
import { hostByRowId, hosts, resourceIdOf, resources, some, world } from './world-lookup.ts';

const BY = 'query ($name: String!) { resource(by: { resourceId: $name }) { id resourceId } }';
const LOOKUP = 'query ($terms: [String!]!) { lookup(any: $terms) { term matchedOn node { id __typename } } }';

interface Found {
  readonly resource: { readonly id: string; readonly resourceId: string } | null;
}
interface Hits {
  readonly lookup: readonly { term: string; matchedOn: string; node: { id: string; __typename: string } }[];
}

const accountOf = (id: string) => world.cloud.accounts.find((account) => account.id === id)?.awsAccountNumber ?? '';
const instance = some(
  resources.find((row) => row.service === 'ec2' && /^i-/.test(row.resourceId)),
  'instance',
);
const shortId = instance.resourceId;
const arn = `arn:aws:ec2:${instance.region}:${accountOf(instance.accountId)}:instance/${shortId}`;

describe.each(['observed', 'documented'] as const)('identifiers, over a server of the %s edition', (edition) => {
  let harness: Harness;

  beforeAll(async () => {
    harness = await startIndexed({
      scanorbit: [{ movingScans: false, edition }],
      scanopy: [{ version: '0.17.22' }],
      world: () => world,
    });
  });
  afterAll(() => harness.close());

  it('an instance is found by its ARN and by its short id, whichever the server stores', async () => {
    for (const name of [shortId, arn]) {
      const { data, errors } = await harness.query<Found>(BY, { name });
      expect(errors).toBeUndefined();
      expect(data.resource?.id).toBe(resourceIdOf(instance.id));
    }
  });

  it('an ARN of another account or region finds nothing', async () => {
    const wrong = [arn.replace(/:\d{12}:/, ':999999999999:'), arn.replace(`${instance.region}`, 'me-south-1')];
    for (const name of wrong) {
      const { data } = await harness.query<Found>(BY, { name });
      expect(data.resource).toBeNull();
    }
  });

  it('a name is no identifier of this field', async () => {
    const named = some(
      resources.find((row) => row.service === 'ec2' && row.name),
      'named instance',
    );
    expect((await harness.query<Found>(BY, { name: named.name ?? '' })).data.resource).toBeNull();
  });

  it('lookup finds every kind of identifier, on both sides', async () => {
    const host = some(
      hosts.find(
        ({ hostname, addresses, services }) =>
          hostname?.includes('.') && !/^i/.test(hostname) && addresses[0]?.macAddress && services[0]?.name,
      ),
      'host with names and addresses',
    );
    const seen = some(
      world.truth.find(({ rule }) => rule === 'instance-id-name'),
      'instance seen on a network',
    );
    const balancer = some(
      resources.find(({ service }) => service === 'alb'),
      'load balancer',
    );
    const subnet = some(world.network.subnets.at(-1), 'subnet');
    const account = some(world.cloud.accounts[0], 'account');
    const terms: readonly (readonly [term: string, matchedOn: string, type: string])[] = [
      [instance.id, 'ID', 'Resource'],
      [host.id.toUpperCase(), 'ID', 'Host'],
      [shortId, 'INSTANCE_ID', 'Resource'],
      [balancer.resourceId, 'ARN', 'Resource'],
      [host.addresses[0]?.address ?? '', 'IP_ADDRESS', 'Host'],
      [(host.addresses[0]?.macAddress ?? '').replaceAll(':', '-'), 'MAC_ADDRESS', 'Host'],
      [`${host.hostname?.toUpperCase()}.`, 'HOSTNAME', 'Host'],
      [host.hostname?.split('.')[0] ?? '', 'NAME', 'Host'],
      [subnet.cidr, 'CIDR', 'Subnet'],
      [account.awsAccountNumber, 'RESOURCE_ID', 'CloudAccount'],
      [host.services[0]?.name ?? '', 'NAME', 'Service'],
      [hostByRowId.get(seen.hostId)?.hostname ?? hostByRowId.get(seen.hostId)?.name ?? '', 'INSTANCE_ID', 'Resource'],
    ];
    harness.resetUpstreamCalls();
    const { data, errors } = await harness.query<Hits>(LOOKUP, { terms: terms.map(([term]) => term) });
    expect(errors).toBeUndefined();
    for (const [term, matchedOn, type] of terms) {
      const hits = data.lookup
        .filter((hit) => hit.term === term)
        .map((hit) => `${hit.matchedOn} ${hit.node.__typename}`);
      expect(hits, term).toContain(`${matchedOn} ${type}`);
    }
    expect(harness.upstreamCalls()).toBe(0);
  });

  // Findings of the documented edition contain the domain of a certificate, and no further names.
  it.runIf(edition === 'observed')(
    'lookup finds the certificate that covers a name by a wildcard, and the wildcard itself',
    async () => {
      const finding = some(
        world.cloud.findings.find(({ details }) => JSON.stringify(details).includes('"*.')),
        'finding about a certificate with a wildcard',
      );
      const row = some(
        world.cloud.certificates.find(({ id }) => id === finding.certificateId),
        'certificate with a wildcard',
      );
      const wildcard = some(
        row.altNames.find((name) => name.startsWith('*.')),
        'wildcard',
      );
      const certificate = encodeGlobalId({ type: 'Certificate', source: 'scanorbit', id: row.id });
      const parent = wildcard.slice(2);
      const found = [`x.${parent}`, `X.${parent.toUpperCase()}.`, wildcard, wildcard.toUpperCase()];
      const notFound = [`x.y.${parent}`, `.${parent}`, parent.slice(1), `*.x.${parent}`, `*.y.${wildcard}`];
      const { data, errors } = await harness.query<Hits>(LOOKUP, { terms: [...found, ...notFound] });
      expect(errors).toBeUndefined();
      const covered = data.lookup.filter(({ node }) => node.id === certificate);
      expect(covered.map(({ term, matchedOn }) => [term, matchedOn])).toEqual(found.map((term) => [term, 'DOMAIN']));
    },
  );
});
