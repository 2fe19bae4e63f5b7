import { parseArn, resourceTail } from '../../identifiers/arn.ts';
import { groupBy } from '../correlation-index.ts';
import { proposeUnique } from '../propose-unique.ts';
import type { Rule } from '../rule.ts';

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
