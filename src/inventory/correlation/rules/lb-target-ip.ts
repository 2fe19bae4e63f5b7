import type { Ground } from '../ground.ts';
import type { Report, Rule } from '../rule.ts';
import type { Scope } from '../scope.ts';

/** An address registered with a load balancer is the host's: the balancer routes to it. A relation, not identity. */
export const lbTargetIpInScope: Rule = {
  number: '7',
  name: 'lb-target-ip-in-scope',
  class: 'L3',
  mode: 'P°',
  run: (ground, scope, report) => relateTargets(ground, scope, report, 'IN', 0.9),
};

/** The same where nothing maps the network to the balancer's VPC: the address may well be another machine's. */
export const lbTargetIpUnscoped: Rule = {
  number: '17',
  name: 'lb-target-ip-unscoped',
  class: 'L3',
  mode: 'P°',
  run: (ground, scope, report) => relateTargets(ground, scope, report, 'UNKNOWN', 0.45),
};

function relateTargets(ground: Ground, scope: Scope, report: Report, wanted: 'IN' | 'UNKNOWN', score: number): void {
  for (const { balancer, ip } of ground.balancerTargets) {
    const holders = (ground.hostsByIp.get(ip) ?? []).filter((facts) => scope.verdict(facts, balancer) === wanted);
    const [only] = holders;
    if (only && holders.length === 1)
      report.relate('ROUTES_TO', only, balancer, score, `the load balancer routes to the host's address ${ip}`);
  }
}
