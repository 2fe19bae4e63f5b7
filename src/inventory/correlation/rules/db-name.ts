import { groupBy } from '../correlation-index.ts';
import { isGenericName } from '../generic-names.ts';
import type { HostFacts } from '../host-facts.ts';
import { proposeUnique } from '../propose-unique.ts';
import type { Rule } from '../rule.ts';
import { databaseIdentifier } from './rds-endpoint.ts';

/** The host has the name of a database and runs a database product on that product's port. Enough for a candidate, never for a link. */
export const dbName: Rule = {
  number: '16',
  name: 'db-name',
  class: 'NAME',
  mode: 'P',
  run(index, scope, report) {
    const hostsByName = groupBy(index.hosts.filter(runsDatabase), ({ shortNames }) => shortNames);
    for (const [name, resources] of groupBy(index.byService.get('rds') ?? [], (row) => [databaseIdentifier(row)])) {
      const hosts = hostsByName.get(name) ?? [];
      if (hosts.length === 0 || isGenericName(name, index.genericNames)) continue;
      const detail = `the host is called like the database ${name} and runs a database`;
      proposeUnique(report, scope, { hosts, resources, score: 0.5, detail });
    }
  },
};

const PRODUCTS: readonly (readonly [RegExp, number])[] = [
  [/postgres/i, 5432],
  [/mysql|mariadb|aurora/i, 3306],
  [/oracle/i, 1521],
  [/sql ?server|mssql/i, 1433],
];

function runsDatabase({ host }: HostFacts): boolean {
  const numbers = new Map(host.ports.map(({ id, number }) => [id, number]));
  return host.services.some(({ definition, bindings }) => {
    const product = PRODUCTS.find(([name]) => name.test(definition));
    return (
      product !== undefined && bindings.some(({ portId }) => portId !== null && numbers.get(portId) === product[1])
    );
  });
}
