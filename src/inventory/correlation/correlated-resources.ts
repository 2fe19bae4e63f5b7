import type { ResourceFacts } from '../facts.ts';
import { lastSegment, parseArn } from '../identifiers/aws-identifiers.ts';
import { mayBeAddress } from '../identifiers/record-aliases.ts';
import { identifierKey } from './correlation-index.ts';
import { type CorrelationConfig, DEFAULT_CORRELATION_CONFIG, type NetworkRecords } from './correlation-input.ts';

/** Services of which every resource is correlated, or said to be unmatched. */
const SERVICES: ReadonlySet<string> = new Set(['ec2', 'rds', 'alb', 'eip', 'eni', 'nat_gateway', 'acm']);

/** Names by which operators may speak of a resource of any service: in tags of hosts and in the configuration; more than they do. */
export const namesByOperators = (
  network: readonly Pick<NetworkRecords, 'tags'>[],
  rules: Partial<CorrelationConfig>,
): ReadonlySet<string> => {
  const { links, denials, awsTagPrefix, rowTagPrefix, denialPrefix } = { ...DEFAULT_CORRELATION_CONFIG, ...rules };
  const without = (prefix: string, text: string) => (text.startsWith(prefix) ? text.slice(prefix.length).trim() : text);
  const tags = network.flatMap((of) => of.tags.map(({ name }) => without(denialPrefix, name).trim()));
  const said = [
    ...tags,
    ...tags.map((tag) => without(awsTagPrefix, tag)),
    ...tags.map((tag) => without(rowTagPrefix, tag).toLowerCase()),
    ...[...links, ...denials].map(({ resource }) => resource),
  ];
  return new Set(said.flatMap((name) => [name, identifierKey(name), identifierKey(lastPartOf(name))]));
};

const lastPartOf = (name: string): string => lastSegment(parseArn(name)?.resource ?? name);

/** Whether any rule looks at a resource. Most look at resources of some services only; of the others, tags or names say so. */
export const isCorrelated = ({ service, tags, id, resourceId }: ResourceFacts, named: ReadonlySet<string>): boolean =>
  SERVICES.has(service) ||
  tags.some(({ key, value }) => key !== 'Name' || mayBeAddress(value)) ||
  named.has(id) ||
  named.has(identifierKey(resourceId));
