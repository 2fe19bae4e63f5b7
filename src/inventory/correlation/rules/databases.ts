import type { ResourceFacts } from '../../facts.ts';
import { lastSegment, parseArn, resourceTail } from '../../identifiers/aws-identifiers.ts';
import type { AwsHostName } from '../../identifiers/host-name.ts';
import type { CorrelationIndex } from '../correlation-index.ts';
import { groupBy } from '../group-by.ts';
import { proposeUnique } from '../propose-unique.ts';
import type { Report, Rule } from '../rule.ts';
import { isGenericName } from './names.ts';

type Endpoint = Extract<AwsHostName, { form: 'DATABASE' }>;

/** The host has the DNS name of a database instance. Endpoints of clusters and proxies are left out: the inventory does not list those. */
export const rdsEndpoint: Rule = {
  number: '8',
  name: 'rds-endpoint',
  class: 'ID',
  mode: 'P',
  run(index, _scope, report) {
    const byIdentifier = groupBy(index.byService.get('rds') ?? [], databaseIdentifier);
    const accounts = accountsOfLabels(index, byIdentifier);
    for (const facts of index.hosts) {
      for (const name of facts.awsNames) {
        if (name.form !== 'DATABASE') continue;
        const rows = name.endpoint === 'INSTANCE' ? (byIdentifier.get(name.identifier) ?? []) : [];
        if (rows.length === 0) report.hostCode(facts, 'NOT_IN_CLOUD_INVENTORY');
        for (const row of rows) propose(report, facts, row, name, rows.length, accounts.get(labelKey(name)));
      }
    }
  },
};

const databaseIdentifier = ({ resourceId }: ResourceFacts): string => {
  const arn = parseArn(resourceId);
  return (arn ? lastSegment(resourceTail(arn)) : resourceId).toLowerCase();
};

const labelKey = ({ accountLabel, region }: Endpoint): string => `${accountLabel} ${region}`;

const accountKey = ({ source, accountId }: ResourceFacts): string => `${source} ${accountId}`;

/**
 * Which account the label in an endpoint stands for (`abc123` in `orders.abc123.eu-west-1.rds.amazonaws.com`). AWS uses one label for
 * each account and region, but does not say which. It is learned from endpoints whose database identifier exists only once. A label
 * that would stand for two accounts is known for neither (null).
 */
function accountsOfLabels(
  index: CorrelationIndex,
  rows: ReadonlyMap<string, readonly ResourceFacts[]>,
): ReadonlyMap<string, string | null> {
  const learned = new Map<string, string | null>();
  for (const { awsNames } of index.hosts) {
    for (const name of awsNames) {
      const [only, ...others] =
        name.form === 'DATABASE' && name.endpoint === 'INSTANCE' ? (rows.get(name.identifier) ?? []) : [];
      if (name.form !== 'DATABASE' || !only || others.length > 0 || only.region !== name.region) continue;
      const key = labelKey(name);
      learned.set(
        key,
        (learned.get(key) ?? accountKey(only)) === accountKey(only) && learned.get(key) !== null
          ? accountKey(only)
          : null,
      );
    }
  }
  return learned;
}

function propose(
  report: Report,
  facts: Parameters<Report['pair']>[0],
  row: ResourceFacts,
  name: Endpoint,
  namesakes: number,
  account: string | null | undefined,
): void {
  const detail = `the host's name is the endpoint of the database ${name.identifier} in ${name.region}`;
  if (row.region !== name.region) report.doubt(facts, row, 0.9, detail, 'CONTRADICTION(region)');
  else if (namesakes === 1 || account === accountKey(row)) report.pair(facts, row, 0.9, detail);
  else if (account) report.doubt(facts, row, 0.9, `${detail}, of another account`, 'AMBIGUOUS(1)');
  else report.doubt(facts, row, 0.9, detail, `AMBIGUOUS(${namesakes})`);
}

/** The host has the name of a database and runs a database product on that product's port. Enough for a candidate, never for a link. */
export const dbName: Rule = {
  number: '16',
  name: 'db-name',
  class: 'NAME',
  mode: 'P',
  run(index, scope, report) {
    const hostsByName = groupBy(
      index.hosts.filter(({ runsDatabase }) => runsDatabase),
      ({ shortNames }) => shortNames,
    );
    for (const [name, resources] of groupBy(index.byService.get('rds') ?? [], databaseIdentifier)) {
      const hosts = hostsByName.get(name) ?? [];
      if (hosts.length === 0 || isGenericName(name, index.genericNames)) continue;
      const detail = `the host is called like the database ${name} and runs a database`;
      proposeUnique(report, scope, { hosts, resources, score: 0.5, detail });
    }
  },
};
