import { lastSegment, parseArn, resourceTail } from '../../identifiers/aws-identifiers.ts';
import { proposeUnique } from '../propose-unique.ts';
import type { Rule } from '../rule.ts';

const NONE: readonly string[] = [];

/** The host has the DNS name of a network load balancer, which holds the id that the balancer's ARN ends in. */
export const nlbDns: Rule = {
  number: '3',
  name: 'nlb-dns',
  class: 'ID',
  mode: 'P',
  hostKeys: ({ awsNames }) => awsNames.flatMap((name) => (name.form === 'NETWORK_BALANCER' ? [name.id] : NONE)),
  services: ['alb'],
  resourceKeys: ({ row }) => [lastSegment(row.resourceId)],
  readsAlone: 'HOSTS',
  compare({ key: id, hosts, resources }, _scope, report) {
    const detail = `the host's name carries the load balancer id ${id}`;
    for (const facts of hosts) {
      if (resources.length === 0) report.hostCode(facts, 'NOT_IN_CLOUD_INVENTORY');
      for (const name of facts.awsNames) {
        if (name.form !== 'NETWORK_BALANCER' || name.id !== id) continue;
        for (const balancer of resources) {
          if (balancer.row.region === name.region) report.pair(facts, balancer, 0.97, detail);
          else report.doubt(facts, balancer, 0.97, detail, 'CONTRADICTION(region)');
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
  hostKeys: ({ awsNames }) =>
    awsNames.flatMap((of) => (of.form === 'APPLICATION_BALANCER' ? [`${of.name} ${of.region}`] : NONE)),
  services: ['alb'],
  resourceKeys({ row: { resourceId, region } }) {
    const name = balancerName(resourceId);
    return name === null ? NONE : [`${name} ${region}`];
  },
  readsAlone: 'HOSTS',
  compare({ key, hosts, resources }, scope, report) {
    for (const facts of hosts) {
      if (resources.length === 0) report.hostCode(facts, 'NOT_IN_CLOUD_INVENTORY');
      for (const of of facts.awsNames) {
        if (of.form !== 'APPLICATION_BALANCER' || `${of.name} ${of.region}` !== key) continue;
        const detail = `the host's name is that of the load balancer ${of.name} in ${of.region}`;
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

/** A load balancer has an address of exactly one host of the wanted scope as a target. */
const targetIp = (wanted: 'IN' | 'UNKNOWN', score: number): Omit<Rule, 'number' | 'name' | 'class' | 'mode'> => ({
  hostKeys: ({ ips }) => ips,
  services: ['alb'],
  resourceKeys: ({ targetIps }) => targetIps,
  compare({ key: ip, hosts, resources }, scope, report) {
    for (const balancer of resources) {
      const [only, ...others] = hosts.filter((facts) => scope.verdict(facts, balancer) === wanted);
      if (!only || others.length > 0) continue;
      report.relate('ROUTES_TO', only, balancer.row, score, `the load balancer routes to the host's address ${ip}`);
    }
  },
});

/** A load balancer has the host's address as a target, so it routes to the host. This is a relation and not a link. */
export const lbTargetIpInScope: Rule = {
  number: '7',
  name: 'lb-target-ip-in-scope',
  class: 'L3',
  mode: 'P°',
  ...targetIp('IN', 0.9),
};

/** The same where it is not known whether the host's network belongs to the balancer's VPC: the address may be another machine's. */
export const lbTargetIpUnscoped: Rule = {
  number: '17',
  name: 'lb-target-ip-unscoped',
  class: 'L3',
  mode: 'P°',
  ...targetIp('UNKNOWN', 0.45),
};
