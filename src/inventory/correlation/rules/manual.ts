import type { ResourceModel } from '#entities/resource/model.ts';
import { lastSegment, parseArn } from '../../identifiers/arn.ts';
import { parseAwsId } from '../../identifiers/aws-id.ts';
import { type Ground, identifierKey } from '../ground.ts';
import type { HostFacts } from '../host-facts.ts';
import type { Report, Rule } from '../rule.ts';

/** An operator's word, in configuration or in a tag of either side. Wins over everything; so does its denial. */
export const manual: Rule = {
  number: '1',
  name: 'manual',
  class: 'OPERATOR',
  mode: 'P',
  run(ground, _scope, report) {
    readConfiguration(ground, report);
    readResourceTags(ground, report);
    for (const facts of ground.hosts) for (const tag of facts.tags) readHostTag(ground, report, facts, tag);
  },
};

function readConfiguration(ground: Ground, report: Report): void {
  const { links, denials } = ground.config;
  for (const [pairs, isLink] of [
    [links, true],
    [denials, false],
  ] as const) {
    for (const { host, resource } of pairs) {
      for (const facts of ground.hostById.get(host) ?? []) {
        for (const row of resourcesCalled(ground, resource)) tell(report, isLink, facts, row, 'configuration');
      }
    }
  }
}

const resourcesCalled = (ground: Ground, name: string): readonly ResourceModel[] =>
  ground.resourceByRowId.get(name) ?? ground.resourcesByIdentifier.get(identifierKey(name)) ?? [];

function tell(report: Report, isLink: boolean, facts: HostFacts, resource: ResourceModel, where: string): void {
  if (isLink) report.pair(facts, resource, 1, `${where} says that host ${facts.host.id} is ${resource.resourceId}`);
  else report.deny(facts, resource);
}

function readResourceTags(ground: Ground, report: Report): void {
  const { hostIdTag, notHostIdTag } = ground.config;
  for (const resource of ground.resources) {
    for (const { key, value } of resource.tags) {
      if (key !== hostIdTag && key !== notHostIdTag) continue;
      const hosts = ground.hostById.get(value.trim().toLowerCase()) ?? [];
      if (hosts.length === 0 && key === hostIdTag) report.resourceCode(resource, 'NOT_ON_NETWORK');
      for (const facts of hosts) tell(report, key === hostIdTag, facts, resource, `the tag ${key}`);
    }
  }
}

/** `i-…`, an ARN, `aws:<AWS id>`, `scanorbit:<row id>`; `not:` in front denies. Other tags speak of other things. */
function readHostTag(ground: Ground, report: Report, facts: HostFacts, tag: string): void {
  const { awsTagPrefix, rowTagPrefix, denialPrefix } = ground.config;
  const isLink = !tag.startsWith(denialPrefix);
  const text = (isLink ? tag : tag.slice(denialPrefix.length)).trim();
  const rows = text.startsWith(rowTagPrefix)
    ? ground.resourceByRowId.get(text.slice(rowTagPrefix.length).toLowerCase())
    : awsNamed(
        ground,
        text.startsWith(awsTagPrefix) ? text.slice(awsTagPrefix.length) : text,
        text.startsWith(awsTagPrefix),
      );
  if (rows === undefined) return;
  if (rows.length === 0 && isLink) report.hostCode(facts, 'NOT_IN_CLOUD_INVENTORY');
  for (const resource of rows) tell(report, isLink, facts, resource, `the host's tag ${JSON.stringify(tag)}`);
}

function awsNamed(ground: Ground, name: string, isPrefixed: boolean): readonly ResourceModel[] | undefined {
  const arn = parseArn(name);
  if (!isPrefixed && !arn && parseAwsId(name) === null) return undefined;
  const exact = ground.resourcesByIdentifier.get(identifierKey(name));
  if (exact || arn?.service !== 'ec2') return exact ?? [];
  return ground.resourcesByIdentifier.get(identifierKey(lastSegment(arn.resource))) ?? [];
}
