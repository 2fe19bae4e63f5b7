import { lastSegment } from '../../identifiers/arn.ts';
import { groupBy } from '../correlation-index.ts';
import type { Rule } from '../rule.ts';

/** The host has the DNS name of a network load balancer, which holds the id that the balancer's ARN ends in. */
export const nlbDns: Rule = {
  number: '3',
  name: 'nlb-dns',
  class: 'ID',
  mode: 'P',
  run(index, _scope, report) {
    const byId = groupBy(index.byService.get('alb') ?? [], ({ resourceId }) => [lastSegment(resourceId)]);
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
