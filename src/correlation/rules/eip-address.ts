import { normalizeIp } from '#identifiers/ip-address.ts';
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
      const ip = normalizeIp(name ?? '');
      return ip === null ? [] : [ip];
    });
    for (const facts of ground.hosts) {
      for (const { ip, isUsable } of publicAddresses(facts)) {
        for (const eip of elasticIps.get(ip) ?? []) {
          const isIdle = eip.state === 'unassociated';
          const detail = `the host answers at ${ip}, an Elastic IP${isIdle ? ' that is reported as unassociated' : ''}`;
          if (isUsable && !isOfNat(ground, eip)) report.pair(facts, eip, 0.95, detail);
          else report.doubt(facts, eip, 0.95, detail, 'EXCLUDED_ADDRESS');
        }
      }
    }
  },
};

const isOfNat = (ground: Ground, eip: Parameters<Ground['vpcOf']>[0]): boolean => ground.elasticIpsOfNat.has(eip);

function publicAddresses({ ips, excludedIps, awsNames }: HostFacts): readonly { ip: string; isUsable: boolean }[] {
  const named = awsNames.flatMap((name) => (name.form === 'PUBLIC_IP' ? [name.ip] : []));
  const usable = new Set([...ips, ...named.filter((ip) => !excludedIps.includes(ip))]);
  return [...[...usable].map((ip) => ({ ip, isUsable: true })), ...excludedIps.map((ip) => ({ ip, isUsable: false }))];
}
