const PREFIXES = 'i|vol|snap|ami|eipalloc|eni|nat|sg|vpc|subnet|rtb|igw|acl|vpce|tgw';
const GLOBAL_ID = new RegExp(
  `^(arn:[a-z-]+:[^:]*:[^:]*:\\d{12}:.+|(${PREFIXES})-[0-9a-f]{8,17}|A[A-Z]{3}[A-Z2-7]{12,})$`,
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
