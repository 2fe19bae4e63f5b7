import { getOrMake } from '#lib/get-or-make.ts';
import { lastSegment, parseArn, parseAwsId } from '../../identifiers/aws-identifiers.ts';
import { type CloudFacts, identifierKey } from '../cloud-facts.ts';
import type { CorrelationConfig } from '../correlation-input.ts';
import type { HostFacts } from '../host-facts.ts';
import type { Report, Rule } from '../rule.ts';

const NONE: readonly string[] = [];
const MANUAL = { number: '1', name: 'manual', class: 'OPERATOR', mode: 'P' } as const;

/** An operator says that a host is a resource, or that it is not: in the configuration, or in a tag of either one. Overrides every other rule. */
export const manualRules = (config: CorrelationConfig, hosts: readonly HostFacts[]): readonly Rule[] => [
  byConfiguration(config),
  byResourceTag(config),
  byHostTag(config, hosts),
];

function reportManual(report: Report, isLink: boolean, facts: HostFacts, resource: CloudFacts, where: string): void {
  if (isLink) report.pair(facts, resource, 1, `${where} says that host ${facts.host.id} is ${resource.row.resourceId}`);
  else report.deny(facts, resource);
}

/** A key is the place of a pair in the configuration. */
const byConfiguration = ({ links, denials }: CorrelationConfig): Rule => {
  const pairs = [...links, ...denials];
  const [byHost, byResource] = [new Map<string, string[]>(), new Map<string, string[]>()];
  pairs.forEach(({ host, resource }, i) => {
    getOrMake(byHost, host, () => []).push(`${i}`);
    for (const name of new Set([resource, identifierKey(resource)])) getOrMake(byResource, name, () => []).push(`${i}`);
  });
  const keysOf = (name: string) => byResource.get(name) ?? NONE;
  return {
    ...MANUAL,
    hostKeys: ({ host }) => byHost.get(host.id) ?? NONE,
    resourceKeys: ({ row: { id, resourceId } }) =>
      byResource.size > 0 ? [...keysOf(id), ...keysOf(identifierKey(resourceId))] : NONE,
    compare({ key, hosts, resources }, _scope, report) {
      const name = pairs[Number(key)]?.resource ?? '';
      const withRowId = resources.filter(({ row }) => row.id === name);
      const named =
        withRowId.length > 0
          ? withRowId
          : resources.filter(({ row }) => identifierKey(row.resourceId) === identifierKey(name));
      for (const facts of hosts)
        for (const resource of named)
          reportManual(report, Number(key) < links.length, facts, resource, 'configuration');
    },
  };
};

/** A key is the id of a host. */
const byResourceTag = ({ hostIdTag, notHostIdTag }: CorrelationConfig): Rule => {
  const hostIn = (value: string) => value.trim().toLowerCase();
  const isRead = (key: string) => key === hostIdTag || key === notHostIdTag;
  return {
    ...MANUAL,
    readsAlone: 'RESOURCES',
    hostKeys: ({ host }) => [host.id],
    resourceKeys: ({ row: { tags } }) =>
      tags.length > 0 ? tags.flatMap(({ key, value }) => (isRead(key) ? [hostIn(value)] : NONE)) : NONE,
    compare({ key: hostId, hosts, resources }, _scope, report) {
      for (const resource of resources) {
        for (const { key, value } of resource.row.tags) {
          if (!isRead(key) || hostIn(value) !== hostId) continue;
          if (hosts.length === 0 && key === hostIdTag) report.resourceCode(resource, 'NOT_ON_NETWORK');
          for (const facts of hosts) reportManual(report, key === hostIdTag, facts, resource, `the tag ${key}`);
        }
      }
    },
  };
};

interface Said {
  readonly tag: string;
  readonly isLink: boolean;
  readonly by: 'ROW_ID' | 'AWS';
  readonly name: string;
}

const ROW_KEY = 'row ';
const keyOf = ({ by, name }: Said): string => (by === 'ROW_ID' ? ROW_KEY + name : awsKey(name));

/** An ARN of EC2 may stand for the resource that is known by the id in it. */
const awsKey = (name: string): string => {
  const arn = parseArn(name);
  return identifierKey(arn?.service === 'ec2' ? lastSegment(arn.resource) : name);
};

/** A tag may be `i-…`, an ARN, `aws:<AWS id>` or `scanorbit:<row id>`, with `not:` in front to deny it. Every other tag is ignored. */
const byHostTag = (
  { awsTagPrefix, rowTagPrefix, denialPrefix }: CorrelationConfig,
  every: readonly HostFacts[],
): Rule => {
  const read = (tag: string): readonly Said[] => {
    const isLink = !tag.startsWith(denialPrefix);
    const text = (isLink ? tag : tag.slice(denialPrefix.length)).trim();
    if (text.startsWith(rowTagPrefix))
      return [{ tag, isLink, by: 'ROW_ID', name: text.slice(rowTagPrefix.length).toLowerCase() }];
    const isPrefixed = text.startsWith(awsTagPrefix);
    const name = isPrefixed ? text.slice(awsTagPrefix.length) : text;
    return isPrefixed || parseArn(name) || parseAwsId(name) !== null ? [{ tag, isLink, by: 'AWS', name }] : [];
  };
  const everySaid = every.flatMap(({ tags }) => tags.flatMap(read));
  const rowIds = new Set(everySaid.flatMap(({ by, name }) => (by === 'ROW_ID' ? [name] : [])));
  const saysAws = everySaid.some(({ by }) => by === 'AWS');
  return {
    ...MANUAL,
    hostKeys: ({ tags }) => tags.flatMap(read).map(keyOf),
    resourceKeys: ({ row: { id, resourceId } }) => [
      ...(rowIds.has(id) ? [ROW_KEY + id] : NONE),
      ...(saysAws ? [awsKey(resourceId)] : NONE),
    ],
    readsAlone: 'HOSTS',
    compare({ key, hosts, resources }, _scope, report) {
      for (const facts of hosts) {
        for (const said of facts.tags.flatMap(read).filter((one) => keyOf(one) === key)) {
          const named = said.by === 'ROW_ID' ? resources : awsNamed(resources, said.name);
          if (named.length === 0 && said.isLink && said.by === 'AWS') report.hostCode(facts, 'NOT_IN_CLOUD_INVENTORY');
          for (const resource of named)
            reportManual(report, said.isLink, facts, resource, `the host's tag ${JSON.stringify(said.tag)}`);
        }
      }
    },
  };
};

function awsNamed(resources: readonly CloudFacts[], name: string): readonly CloudFacts[] {
  const withKey = (key: string) => resources.filter(({ row }) => identifierKey(row.resourceId) === key);
  const exact = withKey(identifierKey(name));
  return exact.length > 0 ? exact : withKey(awsKey(name));
}
