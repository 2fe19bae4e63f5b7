import { identifierKey } from '../ground.ts';
import type { Rule } from '../rule.ts';

/** A label of the host's name is an instance id. */
export const instanceIdName: Rule = {
  number: '2',
  name: 'instance-id-name',
  class: 'ID',
  mode: 'P',
  run(ground, _scope, report) {
    for (const facts of ground.hosts) {
      for (const id of facts.instanceIds) {
        const rows = (ground.resourcesByIdentifier.get(identifierKey(id)) ?? []).filter(
          ({ service }) => service === 'ec2',
        );
        if (rows.length === 0) report.hostCode(facts, 'NOT_IN_CLOUD_INVENTORY');
        for (const row of rows) report.pair(facts, row, 0.99, `the host's name carries the instance id ${id}`);
      }
    }
  },
};
