import { canonicalAddress, identifiesNobody } from '#lib/addresses.ts';
import type { ResourceFacts } from '../../facts.ts';
import { mayBeAddress } from '../../identifiers/record-aliases.ts';
import type { WhyNotCode } from '../correlation.ts';
import type { CorrelationIndex } from '../correlation-index.ts';
import { groupBy } from '../group-by.ts';
import { proposeUnique } from '../propose-unique.ts';
import type { Rule } from '../rule.ts';

/**
 * The host has an Elastic IP. It is linked with the Elastic IP itself: the public API does not say which instance that belongs to.
 * The address of a NAT gateway is shared by everything behind that gateway, so it identifies no machine.
 */
export const eipAddress: Rule = {
  number: '4',
  name: 'eip-address',
  class: 'L3',
  mode: 'P°',
  run(index, _scope, report) {
    const elasticIps = groupBy(index.byService.get('eip') ?? [], ({ name }) => {
      const ip = canonicalAddress(name ?? '');
      return ip === null ? [] : [ip];
    });
    for (const facts of index.hosts) {
      for (const { ip, isUsable } of facts.publicAddresses) {
        for (const eip of elasticIps.get(ip) ?? []) {
          const code = objectionTo(index, eip, isUsable);
          const detail = `the host answers at ${ip}, an Elastic IP`;
          if (code === null) report.pair(facts, eip, 0.95, detail);
          else report.doubt(facts, eip, 0.95, detail, code);
        }
      }
    }
  },
};

/** Why an Elastic IP must not be linked with a host at its address. If AWS says that it is attached to nothing, the host must be somebody else's. */
function objectionTo(index: CorrelationIndex, eip: ResourceFacts, isUsable: boolean): WhyNotCode | null {
  if (!isUsable || index.elasticIpsOfNat.has(eip)) return 'EXCLUDED_ADDRESS';
  return eip.state === 'unassociated' ? 'CONTRADICTION(state)' : null;
}

const CONFIGURED = 0.88;
const ANY_TAG = 0.45;

/** A tag of the resource holds the host's address. Strong evidence for the tags that are configured to hold it, weak for any other tag. */
export const operatorIpTag: Rule = {
  number: '10',
  name: 'operator-ip-tag',
  class: 'OPERATOR',
  mode: 'P',
  run(index, scope, report) {
    const keys = new Set(index.config.addressTags);
    const tagged = index.resources.filter(({ tags }) => tags.some(({ value }) => mayBeAddress(value)));
    for (const [isWanted, score] of [
      [(key: string) => keys.has(key), CONFIGURED],
      [(key: string) => !keys.has(key), ANY_TAG],
    ] as const) {
      for (const [ip, resources] of taggedWith(tagged, isWanted)) {
        const hosts = index.hostsByIp.get(ip) ?? [];
        if (score === CONFIGURED && hosts.length === 0)
          for (const row of resources) report.resourceCode(row, 'NOT_ON_NETWORK');
        proposeUnique(report, scope, {
          hosts,
          resources,
          score,
          detail: `a tag of the resource holds the host's address ${ip}`,
        });
      }
    }
  },
};

const taggedWith = (
  rows: readonly ResourceFacts[],
  isWanted: (key: string) => boolean,
): ReadonlyMap<string, readonly ResourceFacts[]> =>
  groupBy(rows, ({ tags }) => [
    ...new Set(tags.filter(({ key }) => isWanted(key)).flatMap(({ value }) => addressIn(value))),
  ]);

function addressIn(value: string): readonly string[] {
  const ip = mayBeAddress(value) ? canonicalAddress(value.trim()) : null;
  return ip === null || identifiesNobody(ip) ? [] : [ip];
}
