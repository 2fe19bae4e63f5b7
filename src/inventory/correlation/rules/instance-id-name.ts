import { identifierKey } from '../correlation-index.ts';
import type { Rule } from '../rule.ts';

/** The host's name contains an instance id, as a whole label between dots. */
export const instanceIdName: Rule = {
  number: '2',
  name: 'instance-id-name',
  class: 'ID',
  mode: 'P',
  run(index, _scope, report) {
    for (const facts of index.hosts) {
      for (const id of facts.instanceIds) {
        const rows = (index.resourcesByIdentifier.get(identifierKey(id)) ?? []).filter(
          ({ service }) => service === 'ec2',
        );
        if (rows.length === 0) report.hostCode(facts, 'NOT_IN_CLOUD_INVENTORY');
        for (const row of rows) report.pair(facts, row, 0.99, `the host's name carries the instance id ${id}`);
      }
    }
  },
};
