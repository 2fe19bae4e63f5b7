/** What an identifier was recognised as, in the words of the public schema. */
export type IdentifierKind =
  | 'ID'
  | 'IP_ADDRESS'
  | 'MAC_ADDRESS'
  | 'ARN'
  | 'RESOURCE_ID'
  | 'INSTANCE_ID'
  | 'HOSTNAME'
  | 'DOMAIN'
  | 'NAME'
  | 'CIDR';

/** Namespaces of the alias index: the same text may stand for different things in two of them. */
export const ALIAS_KINDS = [
  'ID',
  'ARN',
  'AWS_ID',
  'RESOURCE_ID',
  'BALANCER_SUFFIX',
  'BALANCER_ID',
  'BALANCER_NAME',
  'DATABASE',
  'FUNCTION',
  'BUCKET',
  'ROLE',
  'KEY_ID',
  'ACCOUNT_NUMBER',
  'IP',
  'MAC',
  'CIDR',
  'HOSTNAME',
  'DOMAIN',
  'NAME',
] as const;
export type AliasKind = (typeof ALIAS_KINDS)[number];

/** One normalised name in one namespace. */
export interface Alias {
  readonly kind: AliasKind;
  readonly key: string;
}

const MATCHED_ON: Readonly<Record<AliasKind, IdentifierKind>> = {
  ID: 'ID',
  ARN: 'ARN',
  AWS_ID: 'RESOURCE_ID',
  RESOURCE_ID: 'RESOURCE_ID',
  BALANCER_SUFFIX: 'RESOURCE_ID',
  BALANCER_ID: 'RESOURCE_ID',
  BALANCER_NAME: 'NAME',
  DATABASE: 'RESOURCE_ID',
  FUNCTION: 'NAME',
  BUCKET: 'RESOURCE_ID',
  ROLE: 'NAME',
  KEY_ID: 'RESOURCE_ID',
  ACCOUNT_NUMBER: 'RESOURCE_ID',
  IP: 'IP_ADDRESS',
  MAC: 'MAC_ADDRESS',
  CIDR: 'CIDR',
  HOSTNAME: 'HOSTNAME',
  DOMAIN: 'DOMAIN',
  NAME: 'NAME',
};

export const identifierKindOf = ({ kind, key }: Alias): IdentifierKind =>
  kind === 'AWS_ID' && key.startsWith('i-') ? 'INSTANCE_ID' : MATCHED_ON[kind];
