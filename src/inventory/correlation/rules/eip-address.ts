import type { ResourceModel } from '#entities/resource/model.ts';
import { canonicalAddress } from '#lib/ip-address.ts';
import type { WhyNotCode } from '../correlation.ts';
import { type Ground, groupBy } from '../ground.ts';
import type { HostFacts } from '../host-facts.ts';
import type { Rule } from '../rule.ts';

/**
 * The host answers at an Elastic IP. Links to the address, not to the instance behind it, which the public API does not
 * tell. An address of a NAT gateway stands for everything behind that gateway, so for nobody.
 */
export const eipAddress: Rule = {
  number: '4',
  name: 'eip-address',
  class: 'L3',
  mode: 'P°',
  run(ground, _scope, report) {
    const elasticIps = groupBy(ground.byService.get('eip') ?? [], ({ name }) => {
      const ip = canonicalAddress(name ?? '');
      return ip === null ? [] : [ip];
    });
    for (const facts of ground.hosts) {
      for (const { ip, isUsable } of publicAddresses(facts)) {
        for (const eip of elasticIps.get(ip) ?? []) {
          const code = objectionTo(ground, eip, isUsable);
          const detail = `the host answers at ${ip}, an Elastic IP`;
          if (code === null) report.pair(facts, eip, 0.95, detail);
          else report.doubt(facts, eip, 0.95, detail, code);
        }
      }
    }
  },
};

/** An address that AWS says nobody holds, and that answers, was released or is held by somebody else. */
function objectionTo(ground: Ground, eip: ResourceModel, isUsable: boolean): WhyNotCode | null {
  if (!isUsable || ground.elasticIpsOfNat.has(eip)) return 'EXCLUDED_ADDRESS';
  return eip.state === 'unassociated' ? 'CONTRADICTION(state)' : null;
}

function publicAddresses({ ips, excludedIps, awsNames }: HostFacts): readonly { ip: string; isUsable: boolean }[] {
  const named = awsNames.flatMap((name) => (name.form === 'PUBLIC_IP' ? [name.ip] : []));
  const usable = new Set([...ips, ...named.filter((ip) => !excludedIps.includes(ip))]);
  return [...[...usable].map((ip) => ({ ip, isUsable: true })), ...excludedIps.map((ip) => ({ ip, isUsable: false }))];
}
