import type { CorrelationIndex } from '../correlation-index.ts';
import type { Report, Rule } from '../rule.ts';
import type { Scope } from '../scope.ts';

/** A load balancer has the host's address as a target, so it routes to the host. This is a relation and not a link. */
export const lbTargetIpInScope: Rule = {
  number: '7',
  name: 'lb-target-ip-in-scope',
  class: 'L3',
  mode: 'P°',
  run: (index, scope, report) => relateTargets(index, scope, report, 'IN', 0.9),
};

/** The same where it is not known whether the host's network belongs to the balancer's VPC: the address may be another machine's. */
export const lbTargetIpUnscoped: Rule = {
  number: '17',
  name: 'lb-target-ip-unscoped',
  class: 'L3',
  mode: 'P°',
  run: (index, scope, report) => relateTargets(index, scope, report, 'UNKNOWN', 0.45),
};

function relateTargets(
  index: CorrelationIndex,
  scope: Scope,
  report: Report,
  wanted: 'IN' | 'UNKNOWN',
  score: number,
): void {
  for (const { balancer, ip } of index.balancerTargets) {
    const holders = (index.hostsByIp.get(ip) ?? []).filter((facts) => scope.verdict(facts, balancer) === wanted);
    const [only] = holders;
    if (only && holders.length === 1)
      report.relate('ROUTES_TO', only, balancer, score, `the load balancer routes to the host's address ${ip}`);
  }
}
