import { lastSegment, parseArn, resourceTail } from '../../identifiers/aws-identifiers.ts';
import type { CorrelationIndex } from '../correlation-index.ts';
import { groupBy } from '../group-by.ts';
import type { Scope } from '../network-scope.ts';
import { proposeUnique } from '../propose-unique.ts';
import type { Report, Rule } from '../rule.ts';

/** The host has the DNS name of a network load balancer, which holds the id that the balancer's ARN ends in. */
export const nlbDns: Rule = {
  number: '3',
  name: 'nlb-dns',
  class: 'ID',
  mode: 'P',
  run(index, _scope, report) {
    const byId = groupBy(index.byService.get('alb') ?? [], ({ resourceId }) => lastSegment(resourceId));
    for (const facts of index.hosts) {
      for (const name of facts.awsNames) {
        if (name.form !== 'NETWORK_BALANCER') continue;
        const rows = byId.get(name.id) ?? [];
        if (rows.length === 0) report.hostCode(facts, 'NOT_IN_CLOUD_INVENTORY');
        for (const row of rows) {
          const detail = `the host's name carries the load balancer id ${name.id}`;
          if (row.region === name.region) report.pair(facts, row, 0.97, detail);
          else report.doubt(facts, row, 0.97, detail, 'CONTRADICTION(region)');
        }
      }
    }
  },
};

/**
 * The host has the DNS name of an application or classic load balancer. That DNS name holds the balancer's name and region; the
 * digits in it are not the id that the ARN ends in.
 */
export const albDns: Rule = {
  number: '9',
  name: 'alb-dns',
  class: 'ID',
  mode: 'P',
  run(index, scope, report) {
    const byName = groupBy(index.byService.get('alb') ?? [], ({ resourceId, region }) => {
      const name = balancerName(resourceId);
      return name === null ? [] : [`${name} ${region}`];
    });
    for (const facts of index.hosts) {
      for (const name of facts.awsNames) {
        if (name.form !== 'APPLICATION_BALANCER') continue;
        const resources = byName.get(`${name.name} ${name.region}`) ?? [];
        if (resources.length === 0) report.hostCode(facts, 'NOT_IN_CLOUD_INVENTORY');
        const detail = `the host's name is that of the load balancer ${name.name} in ${name.region}`;
        proposeUnique(report, scope, { hosts: [facts], resources, score: 0.9, detail });
      }
    }
  },
};

function balancerName(resourceId: string): string | null {
  const arn = parseArn(resourceId);
  const [first, name] = arn ? resourceTail(arn).split('/') : [];
  if (!first || first === 'net' || first === 'gwy') return null;
  return (first === 'app' ? (name ?? '') : first).toLowerCase();
}

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
