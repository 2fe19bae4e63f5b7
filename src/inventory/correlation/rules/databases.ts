import type { ResourceFacts } from '../../facts.ts';
import { lastSegment, parseArn, resourceTail } from '../../identifiers/aws-identifiers.ts';
import type { AwsHostName } from '../../identifiers/host-name.ts';
import type { CloudFacts } from '../cloud-facts.ts';
import type { CorrelationConfig } from '../correlation-input.ts';
import { groupBy } from '../group-by.ts';
import type { HostFacts } from '../host-facts.ts';
import { proposeUnique } from '../propose-unique.ts';
import type { Report, Rule, SharedKey } from '../rule.ts';
import { isGenericName, namesIdentifyingNothing } from './names.ts';

type Endpoint = Extract<AwsHostName, { form: 'DATABASE' }>;

const NONE: readonly string[] = [];
const EVERY_ENDPOINT = ['every endpoint'];

/**
 * The host has the DNS name of a database instance. Endpoints of clusters and proxies are left out: the inventory does not list those.
 * What an account label stands for is learned from all endpoints, so all of them have one key.
 */
export const rdsEndpoint = (every: readonly HostFacts[]): Rule => {
  const named = new Set(every.flatMap(endpointsOf).flatMap(instanceIn));
  return {
    number: '8',
    name: 'rds-endpoint',
    class: 'ID',
    mode: 'P',
    hostKeys: (facts) => (endpointsOf(facts).length > 0 ? EVERY_ENDPOINT : NONE),
    services: ['rds'],
    resourceKeys: ({ row }) => (named.has(databaseIdentifier(row)) ? EVERY_ENDPOINT : NONE),
    readsAlone: 'HOSTS',
    compare({ hosts, resources }, _scope, report) {
      const byIdentifier = groupBy(resources, ({ row }) => databaseIdentifier(row));
      const rowsOf = (name: Endpoint) => instanceIn(name).flatMap((identifier) => byIdentifier.get(identifier) ?? []);
      const accounts = accountsOfLabels(hosts, rowsOf);
      for (const facts of hosts) {
        for (const name of endpointsOf(facts)) {
          const rows = rowsOf(name);
          if (rows.length === 0) report.hostCode(facts, 'NOT_IN_CLOUD_INVENTORY');
          for (const row of rows) propose(report, facts, row, name, rows.length, accounts.get(labelKey(name)));
        }
      }
    },
  };
};

const endpointsOf = ({ awsNames }: HostFacts): readonly Endpoint[] =>
  awsNames.filter((name) => name.form === 'DATABASE');

const instanceIn = ({ endpoint, identifier }: Endpoint): readonly string[] =>
  endpoint === 'INSTANCE' ? [identifier] : NONE;

const databaseIdentifier = ({ resourceId }: ResourceFacts): string => {
  const arn = parseArn(resourceId);
  return (arn ? lastSegment(resourceTail(arn)) : resourceId).toLowerCase();
};

const labelKey = ({ accountLabel, region }: Endpoint): string => `${accountLabel} ${region}`;

const accountKey = ({ row: { source, accountId } }: CloudFacts): string => `${source} ${accountId}`;

/**
 * Which account the label in an endpoint stands for (`abc123` in `orders.abc123.eu-west-1.rds.amazonaws.com`). AWS uses one label for
 * each account and region, but does not say which. It is learned from endpoints whose database identifier exists only once. A label
 * that would stand for two accounts is known for neither (null).
 */
function accountsOfLabels(
  hosts: SharedKey['hosts'],
  rowsOf: (name: Endpoint) => readonly CloudFacts[],
): ReadonlyMap<string, string | null> {
  const learned = new Map<string, string | null>();
  for (const name of hosts.flatMap(endpointsOf)) {
    const [only, ...others] = rowsOf(name);
    if (!only || others.length > 0 || only.row.region !== name.region) continue;
    const key = labelKey(name);
    const isAlike = !learned.has(key) || learned.get(key) === accountKey(only);
    learned.set(key, isAlike ? accountKey(only) : null);
  }
  return learned;
}

function propose(
  report: Report,
  facts: HostFacts,
  resource: CloudFacts,
  name: Endpoint,
  namesakes: number,
  account: string | null | undefined,
): void {
  const detail = `the host's name is the endpoint of the database ${name.identifier} in ${name.region}`;
  if (resource.row.region !== name.region) report.doubt(facts, resource, 0.9, detail, 'CONTRADICTION(region)');
  else if (namesakes === 1 || account === accountKey(resource)) report.pair(facts, resource, 0.9, detail);
  else if (account) report.doubt(facts, resource, 0.9, `${detail}, of another account`, 'AMBIGUOUS(1)');
  else report.doubt(facts, resource, 0.9, detail, `AMBIGUOUS(${namesakes})`);
}

/** The host has the name of a database and runs a database product on that product's port. Enough for a candidate, never for a link. */
export const dbName = (config: CorrelationConfig): Rule => {
  const generic = namesIdentifyingNothing(config);
  return {
    number: '16',
    name: 'db-name',
    class: 'NAME',
    mode: 'P',
    hostKeys: ({ runsDatabase, shortNames }) => (runsDatabase ? shortNames : NONE),
    services: ['rds'],
    resourceKeys: ({ row }) => [databaseIdentifier(row)],
    compare({ key: name, hosts, resources }, scope, report) {
      if (isGenericName(name, generic)) return;
      const detail = `the host is called like the database ${name} and runs a database`;
      proposeUnique(report, scope, { hosts, resources, score: 0.5, detail });
    },
  };
};
