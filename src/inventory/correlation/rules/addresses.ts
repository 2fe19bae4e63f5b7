import { canonicalAddress, identifiesNobody } from '#lib/addresses.ts';
import { mayBeAddress } from '../../identifiers/record-aliases.ts';
import type { CloudFacts } from '../cloud-facts.ts';
import type { WhyNotCode } from '../correlation.ts';
import type { CorrelationConfig } from '../correlation-input.ts';
import type { Scope } from '../network-scope.ts';
import { proposeUnique } from '../propose-unique.ts';
import type { Rule } from '../rule.ts';

const NONE: readonly string[] = [];

/**
 * The host has an Elastic IP. It is linked with the Elastic IP itself: the public API does not say which instance that belongs to.
 * The address of a NAT gateway is shared by everything behind that gateway, so it identifies no machine.
 */
export const eipAddress: Rule = {
  number: '4',
  name: 'eip-address',
  class: 'L3',
  mode: 'P°',
  hostKeys: ({ publicAddresses }) => publicAddresses.map(({ ip }) => ip),
  services: ['eip'],
  resourceKeys({ row }) {
    const ip = canonicalAddress(row.name ?? '');
    return ip === null ? NONE : [ip];
  },
  compare({ key: ip, hosts, resources }, scope, report) {
    const detail = `the host answers at ${ip}, an Elastic IP`;
    for (const facts of hosts) {
      for (const { isUsable } of facts.publicAddresses.filter((address) => address.ip === ip)) {
        for (const eip of resources) {
          const code = objectionTo(scope, eip, isUsable);
          if (code === null) report.pair(facts, eip, 0.95, detail);
          else report.doubt(facts, eip, 0.95, detail, code);
        }
      }
    }
  },
};

/** Why an Elastic IP must not be linked with a host at its address. If AWS says that it is attached to nothing, the host must be somebody else's. */
function objectionTo(scope: Scope, eip: CloudFacts, isUsable: boolean): WhyNotCode | null {
  if (!isUsable || scope.isOfNat(eip)) return 'EXCLUDED_ADDRESS';
  return eip.row.state === 'unassociated' ? 'CONTRADICTION(state)' : null;
}

const CONFIGURED = 0.88;
const ANY_TAG = 0.45;
const [CONFIGURED_KEY, ANY_KEY] = ['configured ', 'any '];

/** A tag of the resource holds the host's address. Strong evidence for the tags that are configured to hold it, weak for any other tag. */
export const operatorIpTag = ({ addressTags }: CorrelationConfig): Rule => {
  const configured = new Set(addressTags);
  return {
    number: '10',
    name: 'operator-ip-tag',
    class: 'OPERATOR',
    mode: 'P',
    readsAlone: 'RESOURCES',
    hostKeys: ({ ips }) => ips.flatMap((ip) => [CONFIGURED_KEY + ip, ANY_KEY + ip]),
    resourceKeys: ({ row: { tags } }) =>
      tags.some(({ value }) => mayBeAddress(value))
        ? tags.flatMap(({ key, value }) =>
            addressIn(value).map((ip) => (configured.has(key) ? CONFIGURED_KEY : ANY_KEY) + ip),
          )
        : NONE,
    compare({ key, hosts, resources }, scope, report) {
      const isConfigured = key.startsWith(CONFIGURED_KEY);
      if (isConfigured && hosts.length === 0)
        for (const resource of resources) report.resourceCode(resource, 'NOT_ON_NETWORK');
      const ip = key.slice(key.indexOf(' ') + 1);
      const detail = `a tag of the resource holds the host's address ${ip}`;
      proposeUnique(report, scope, { hosts, resources, score: isConfigured ? CONFIGURED : ANY_TAG, detail });
    },
  };
};

function addressIn(value: string): readonly string[] {
  const ip = mayBeAddress(value) ? canonicalAddress(value.trim()) : null;
  return ip === null || identifiesNobody(ip) ? NONE : [ip];
}
