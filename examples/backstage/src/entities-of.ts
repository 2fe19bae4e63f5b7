import { createHash } from 'node:crypto';
import type { Entity } from '@backstage/catalog-model';
import type { HostRow, Inventory, ResourceRow, ServiceRow } from './read-inventory.ts';

export interface EntityOptions {
  /** Of the gateway, for links into its explorer. */
  readonly url: string;
  /** Owner of what no tag gives an owner, e.g. `group:default/platform`. */
  readonly defaultOwner: string;
  /** Keys of the AWS tag that names the owner; the first one found. */
  readonly ownerTags: readonly string[];
}

/** Accounts and networks as Systems; resources, hosts and services as Resources that are part of them. */
export const entitiesOf = (inventory: Inventory, options: EntityOptions): Entity[] => {
  const { accounts, networks, resources, hosts, services } = inventory;
  return [
    ...accounts.map(({ id, name, awsAccountNumber }) => systemOf(id, name, `AWS account ${awsAccountNumber}`, options)),
    ...networks.map(({ id, name }) => systemOf(id, name, 'Network', options)),
    ...resources.map((row) => ofResource(row, options)),
    ...hosts.map((row) => ofHost(row, options)),
    ...services.map((row) => ofService(row, options)),
  ];
};

/** Name of an entity in the catalog: the same for a record at all times, whatever it is called. */
export const entityName = (id: string): string =>
  `inventory-${createHash('sha256').update(id).digest('hex').slice(0, 32)}`;

const ofResource = (row: ResourceRow, options: EntityOptions): Entity => {
  const owner = options.ownerTags.map((key) => row.tags.find((tag) => tag.key === key)?.value).find(Boolean);
  return assetOf(row, row.service, row.account?.id, owner, options, {
    description: row.resourceId,
    tags: tagsOf([row.service, row.region]),
  });
};

const ofHost = (row: HostRow, options: EntityOptions): Entity =>
  assetOf(row, 'host', row.network?.id, undefined, options, {
    ...(row.hostname ? { description: row.hostname } : {}),
    tags: tagsOf(row.tags?.map(({ name }) => name) ?? []),
  });

const ofService = (row: ServiceRow, options: EntityOptions): Entity =>
  assetOf(row, 'service', row.network?.id, undefined, options, {
    description: row.definition,
    tags: tagsOf(row.tags?.map(({ name }) => name) ?? []),
  });

type Asset = Pick<ResourceRow, 'id' | 'displayName' | 'dependencies'>;

const assetOf = (
  { id, displayName, dependencies }: Asset,
  type: string,
  systemId: string | undefined,
  owner: string | undefined,
  options: EntityOptions,
  metadata: Partial<Entity['metadata']>,
): Entity => {
  const targets = new Set(dependencies?.nodes.map((target) => `resource:default/${entityName(target.id)}`));
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Resource',
    metadata: {
      ...metadataOf(id, displayName, options),
      ...metadata,
      links: [{ url: `${options.url}/explore/asset/${id}`, title: 'In the inventory' }],
    },
    spec: {
      type,
      owner: ownerOf(owner) ?? options.defaultOwner,
      dependsOn: [...targets],
      ...(systemId ? { system: entityName(systemId) } : {}),
    },
  };
};

const systemOf = (id: string, title: string, description: string, options: EntityOptions): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'System',
  metadata: { ...metadataOf(id, title, options), description },
  spec: { owner: options.defaultOwner },
});

const metadataOf = (id: string, title: string, { url }: EntityOptions): Entity['metadata'] => ({
  name: entityName(id),
  title,
  annotations: {
    'backstage.io/managed-by-location': `url:${url}/graphql`,
    'backstage.io/managed-by-origin-location': `url:${url}/graphql`,
    'inventory-gateway/id': id,
  },
});

/** `Payments Team` is `group:default/payments-team`; a reference to an entity stays what it is. */
const ownerOf = (value: string | undefined): string | undefined => {
  if (value === undefined || /^(group|user):[\w.-]+\/[\w.-]+$/i.test(value)) return value;
  const name = value
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 63);
  return name === '' ? undefined : `group:default/${name.toLowerCase()}`;
};

/** In the form that the catalog demands: lower case letters and digits, with single dashes. */
const tagsOf = (values: readonly (string | null)[]): string[] => {
  const tags = values.map((value) =>
    (value ?? '')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .slice(0, 63),
  );
  return [...new Set(tags.map((tag) => tag.replace(/^-|-$/g, '')).filter((tag) => tag !== ''))];
};
