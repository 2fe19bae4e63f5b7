import type { ResourceFacts } from '../../facts.ts';
import { lastSegment, parseArn, parseAwsId } from '../../identifiers/aws-identifiers.ts';
import { type CorrelationIndex, identifierKey } from '../correlation-index.ts';
import type { HostFacts } from '../host-facts.ts';
import type { Report, Rule } from '../rule.ts';

/** An operator says that a host is a resource, or that it is not: in the configuration, or in a tag of either one. Overrides every other rule. */
export const manual: Rule = {
  number: '1',
  name: 'manual',
  class: 'OPERATOR',
  mode: 'P',
  run(index, _scope, report) {
    readConfiguration(index, report);
    readResourceTags(index, report);
    for (const facts of index.hosts) for (const tag of facts.tags) readHostTag(index, report, facts, tag);
  },
};

function readConfiguration(index: CorrelationIndex, report: Report): void {
  const { links, denials } = index.config;
  for (const [pairs, isLink] of [
    [links, true],
    [denials, false],
  ] as const) {
    for (const { host, resource } of pairs) {
      for (const facts of index.hostById.get(host) ?? []) {
        for (const row of resourcesNamed(index, resource)) reportManual(report, isLink, facts, row, 'configuration');
      }
    }
  }
}

const resourcesNamed = (index: CorrelationIndex, name: string): readonly ResourceFacts[] =>
  index.resourcesByRowId().get(name) ?? index.resourcesByIdentifier.get(identifierKey(name)) ?? [];

function reportManual(report: Report, isLink: boolean, facts: HostFacts, resource: ResourceFacts, where: string): void {
  if (isLink) report.pair(facts, resource, 1, `${where} says that host ${facts.host.id} is ${resource.resourceId}`);
  else report.deny(facts, resource);
}

function readResourceTags(index: CorrelationIndex, report: Report): void {
  const { hostIdTag, notHostIdTag } = index.config;
  for (const resource of index.resources) {
    for (const { key, value } of resource.tags) {
      if (key !== hostIdTag && key !== notHostIdTag) continue;
      const hosts = index.hostById.get(value.trim().toLowerCase()) ?? [];
      if (hosts.length === 0 && key === hostIdTag) report.resourceCode(resource, 'NOT_ON_NETWORK');
      for (const facts of hosts) reportManual(report, key === hostIdTag, facts, resource, `the tag ${key}`);
    }
  }
}

/** A tag may be `i-…`, an ARN, `aws:<AWS id>` or `scanorbit:<row id>`, with `not:` in front to deny it. Every other tag is ignored. */
function readHostTag(index: CorrelationIndex, report: Report, facts: HostFacts, tag: string): void {
  const { awsTagPrefix, rowTagPrefix, denialPrefix } = index.config;
  const isLink = !tag.startsWith(denialPrefix);
  const text = (isLink ? tag : tag.slice(denialPrefix.length)).trim();
  const rows = text.startsWith(rowTagPrefix)
    ? index.resourcesByRowId().get(text.slice(rowTagPrefix.length).toLowerCase())
    : awsNamed(
        index,
        text.startsWith(awsTagPrefix) ? text.slice(awsTagPrefix.length) : text,
        text.startsWith(awsTagPrefix),
      );
  if (rows === undefined) return;
  if (rows.length === 0 && isLink) report.hostCode(facts, 'NOT_IN_CLOUD_INVENTORY');
  for (const resource of rows) reportManual(report, isLink, facts, resource, `the host's tag ${JSON.stringify(tag)}`);
}

function awsNamed(index: CorrelationIndex, name: string, isPrefixed: boolean): readonly ResourceFacts[] | undefined {
  const arn = parseArn(name);
  if (!isPrefixed && !arn && parseAwsId(name) === null) return undefined;
  const exact = index.resourcesByIdentifier.get(identifierKey(name));
  if (exact || arn?.service !== 'ec2') return exact ?? [];
  return index.resourcesByIdentifier.get(identifierKey(lastSegment(arn.resource))) ?? [];
}
