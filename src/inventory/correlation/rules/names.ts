import type { ResourceFacts } from '../../facts.ts';
import { normalizeFqdn, normalizeShortName } from '../../identifiers/host-name.ts';
import { identifierKey } from '../cloud-facts.ts';
import type { CorrelationConfig } from '../correlation-input.ts';
import { proposeUnique } from '../propose-unique.ts';
import type { Rule } from '../rule.ts';

const NONE: readonly string[] = [];

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

/** Those of the configuration, as {@link isGenericName} takes them. */
export const namesIdentifyingNothing = ({ genericNames }: CorrelationConfig): ReadonlySet<string> =>
  new Set(genericNames.map((name) => name.toLowerCase()));

/** The host's name contains an instance id, as a whole label between dots. */
export const instanceIdName: Rule = {
  number: '2',
  name: 'instance-id-name',
  class: 'ID',
  mode: 'P',
  hostKeys: ({ instanceIds }) => instanceIds,
  services: ['ec2'],
  resourceKeys: ({ row }) => [identifierKey(row.resourceId)],
  readsAlone: 'HOSTS',
  compare({ key: id, hosts, resources }, _scope, report) {
    for (const facts of hosts) {
      if (resources.length === 0) report.hostCode(facts, 'NOT_IN_CLOUD_INVENTORY');
      for (const row of resources) report.pair(facts, row, 0.99, `the host's name carries the instance id ${id}`);
    }
  },
};

const SCORE = 0.65;
const ENDED = new Set(['terminated', 'shutting-down']);

/** The host has the name that the instance's `Name` tag holds. A tag with dots must be equal to the host's full name. */
export const nameTag = (config: CorrelationConfig): Rule => {
  const generic = namesIdentifyingNothing(config);
  return {
    number: '15',
    name: 'name-tag',
    class: 'NAME',
    mode: 'P',
    readsAlone: 'RESOURCES',
    hostKeys: ({ shortNames, fqdns }) => [...shortNames, ...fqdns],
    services: ['ec2'],
    resourceKeys: ({ row }) => (ENDED.has(row.state ?? '') ? NONE : instanceNames(row)),
    compare({ key: name, hosts, resources }, scope, report) {
      if (resources.length === 0) return;
      if (isGenericName(name, generic) || Math.max(hosts.length, resources.length) >= SHARED_NAME_COUNT) {
        for (const row of resources) report.resourceCode(row, 'GENERIC_NAME');
        for (const facts of hosts) report.hostCode(facts, 'GENERIC_NAME');
        return;
      }
      const detail = `the host and the instance are both called ${JSON.stringify(name)}`;
      if (resources.every(({ row }) => row.state === 'running')) {
        proposeUnique(report, scope, { hosts, resources, score: SCORE, detail });
        return;
      }
      for (const facts of hosts)
        for (const row of resources) report.doubt(facts, row, SCORE, detail, 'CONTRADICTION(state)');
    },
  };
};

export function instanceNames({ name, tags }: ResourceFacts): readonly string[] {
  const given = tags.find(({ key }) => key === 'Name')?.value || name;
  return given ? [normalizeFqdn(given.trim()) ?? normalizeShortName(given)] : [];
}
