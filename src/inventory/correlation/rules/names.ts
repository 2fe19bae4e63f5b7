import type { ResourceFacts } from '../../facts.ts';
import { normalizeFqdn, normalizeShortName } from '../../identifiers/host-name.ts';
import { type CorrelationIndex, identifierKey } from '../correlation-index.ts';
import { groupBy } from '../group-by.ts';
import type { HostFacts } from '../host-facts.ts';
import type { Scope } from '../network-scope.ts';
import { proposeUnique } from '../propose-unique.ts';
import type { Report, Rule } from '../rule.ts';

const GENERIC = new Set([
  'localhost',
  'localhost.localdomain',
  'ubuntu',
  'debian',
  'centos',
  'raspberrypi',
  'host',
  'server',
  'router',
  'gateway',
  'default',
  'unknown',
  'web',
  'db',
  'test',
]);
/** The short and the full form of a container's id, which Docker sets as its host name. */
const CONTAINER_ID = /^(?:[0-9a-f]{12}|[0-9a-f]{64})$/;
/** `ip-a-b-c-d` is a private address again, whatever the domain after it: networks and VPCs repeat those. */
const MACHINE_MADE = /^(?:\d+|\d+(?:\.\d+){3}|ip-\d+-\d+-\d+-\d+(?:\..+)?|i-[0-9a-f]{8,17}|[0-9a-f:]*:[0-9a-f:]+)$/;

/** A name that this many hosts, or this many resources, share identifies none of them. */
const SHARED_NAME_COUNT = 3;

/** A name that says nothing about which machine it is. Expects short names as they are normalised. */
export const isGenericName = (name: string, more: ReadonlySet<string>): boolean =>
  GENERIC.has(name) || more.has(name) || CONTAINER_ID.test(name) || MACHINE_MADE.test(name);

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

const SCORE = 0.65;
const ENDED = new Set(['terminated', 'shutting-down']);

/** The host has the name that the instance's `Name` tag holds. A tag with dots must be equal to the host's full name. */
export const nameTag: Rule = {
  number: '15',
  name: 'name-tag',
  class: 'NAME',
  mode: 'P',
  run(index, scope, report) {
    const instances = (index.byService.get('ec2') ?? []).filter(({ state }) => !ENDED.has(state ?? ''));
    for (const [name, resources] of groupBy(instances, (row) => instanceNames(row))) {
      compare(index, scope, report, name, index.hostsByName.get(name) ?? [], resources);
    }
  },
};

export function instanceNames({ name, tags }: ResourceFacts): readonly string[] {
  const given = tags.find(({ key }) => key === 'Name')?.value || name;
  return given ? [normalizeFqdn(given.trim()) ?? normalizeShortName(given)] : [];
}

function compare(
  index: CorrelationIndex,
  scope: Scope,
  report: Report,
  name: string,
  hosts: readonly HostFacts[],
  resources: readonly ResourceFacts[],
): void {
  if (isGenericName(name, index.genericNames) || Math.max(hosts.length, resources.length) >= SHARED_NAME_COUNT) {
    for (const row of resources) report.resourceCode(row, 'GENERIC_NAME');
    for (const facts of hosts) report.hostCode(facts, 'GENERIC_NAME');
    return;
  }
  const detail = `the host and the instance are both called ${JSON.stringify(name)}`;
  const stopped = resources.find(({ state }) => state !== 'running');
  if (!stopped) proposeUnique(report, scope, { hosts, resources, score: SCORE, detail });
  else
    for (const facts of hosts)
      for (const row of resources) report.doubt(facts, row, SCORE, detail, 'CONTRADICTION(state)');
}
