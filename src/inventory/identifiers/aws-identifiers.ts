/** An Amazon Resource Name, split at its first five colons. Region and account may be empty. */
export interface Arn {
  /** The whole name, without the `:*` that some log groups end in. */
  readonly text: string;
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly account: string;
  /** Everything after the fifth colon; may hold colons and slashes. */
  readonly resource: string;
}

const SHAPE = /^arn:(aws(?:-[a-z]+)*):([a-z0-9-]+):([a-z0-9-]*):(\d{12}|aws)?:(.+)$/s;

export function parseArn(text: string): Arn | null {
  if (!text.startsWith('arn:')) return null;
  const whole = text.endsWith(':*') ? text.slice(0, -2) : text;
  const match = SHAPE.exec(whole);
  if (!match) return null;
  const [, partition = '', service = '', region = '', account = '', resource = ''] = match;
  return { text: whole, partition, service, region, account, resource };
}

/** What follows the resource type: `i-0…` of `instance/i-0…`, `app/front/50dc…` of a balancer, `path/name` of a role. */
export function resourceTail({ resource }: Arn): string {
  const cut = resource.search(/[:/]/);
  return cut < 0 ? resource : resource.slice(cut + 1);
}

/** The type word in front of the first `:` or `/`; empty for buckets. */
export function resourceType({ resource }: Arn): string {
  const cut = resource.search(/[:/]/);
  return cut < 0 ? '' : resource.slice(0, cut);
}

export const lastSegment = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

const PREFIXES = 'i|vol|snap|eipalloc|eni|nat|sg|vpc|subnet|ami|vpce';
const ID = new RegExp(`^(?:${PREFIXES})-[0-9a-f]{8,17}$`, 'i');
const INSTANCE_ID = /^i-[0-9a-f]{8,17}$/i;

/** Lower case, or null. Such ids are unique within a region, in practice everywhere. */
export const parseAwsId = (text: string): string | null => (ID.test(text) ? text.toLowerCase() : null);

const parseInstanceId = (text: string): string | null => (INSTANCE_ID.test(text) ? text.toLowerCase() : null);

/** Every instance id that stands as a whole label in a host name. */
export const instanceIdsIn = (name: string): readonly string[] =>
  name.includes('i-') || name.includes('I-') ? name.split('.').flatMap((label) => parseInstanceId(label) ?? []) : [];

const ANY_PREFIX = 'i|vol|snap|ami|eipalloc|eni|nat|sg|vpc|subnet|rtb|igw|acl|vpce|tgw';
const GLOBAL_ID = new RegExp(
  `^(arn:[a-z-]+:[^:]*:[^:]*:\\d{12}:.+|(${ANY_PREFIX})-[0-9a-f]{8,17}|A[A-Z]{3}[A-Z2-7]{12,})$`,
);
const DATABASE_ARN = /^arn:[a-z-]+:rds:[^:]*:\d{12}:[^:]+:(.+)$/;

/**
 * Whether the upstream's match of an AWS identifier can be relied on: an ARN with an account in it, a prefixed id (`i-0abc…`) or an
 * access key name one thing wherever they are met. Names (a database, a bucket) do not: another account, or another service, may use
 * the same one. Databases are kept by name even where a server shows their ARN.
 */
export const isGloballyUnique = (identifier: string): boolean =>
  GLOBAL_ID.test(identifier) && !DATABASE_ARN.test(identifier);

/** What an identifier is called within its account and service. */
export const localName = (identifier: string): string => DATABASE_ARN.exec(identifier)?.[1] ?? identifier;
