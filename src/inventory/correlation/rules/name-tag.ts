import type { ResourceModel } from '#entities/resource/model.ts';
import { normalizeFqdn, normalizeShortName } from '../../identifiers/host-name.ts';
import { type CorrelationIndex, groupBy } from '../correlation-index.ts';
import { isGenericName, SHARED_NAME_COUNT } from '../generic-names.ts';
import type { HostFacts } from '../host-facts.ts';
import { proposeUnique } from '../propose-unique.ts';
import type { Report, Rule } from '../rule.ts';
import type { Scope } from '../scope.ts';

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
    const hostsByName = groupBy(index.hosts, (facts) => [...new Set([...facts.shortNames, ...facts.fqdns])]);
    for (const [name, resources] of groupBy(instances, (row) => instanceNames(row))) {
      compare(index, scope, report, name, hostsByName.get(name) ?? [], resources);
    }
  },
};

export function instanceNames({ name, tags }: ResourceModel): readonly string[] {
  const given = tags.find(({ key }) => key === 'Name')?.value || name;
  return given ? [normalizeFqdn(given.trim()) ?? normalizeShortName(given)] : [];
}

function compare(
  index: CorrelationIndex,
  scope: Scope,
  report: Report,
  name: string,
  hosts: readonly HostFacts[],
  resources: readonly ResourceModel[],
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
