import {
  CatalogAccountsDocument,
  type CatalogAccountsQuery,
  CatalogHostsDocument,
  type CatalogHostsQuery,
  CatalogNetworksDocument,
  type CatalogNetworksQuery,
  CatalogResourcesDocument,
  type CatalogResourcesQuery,
  CatalogServicesDocument,
  type CatalogServicesQuery,
  CatalogSourcesDocument,
  type CatalogSourcesQuery,
  type TypedDocumentString,
} from './gql/graphql.ts';
import type { InventoryAnswer, InventoryClient } from './inventory-client.ts';

type NodesOf<Connection> = NonNullable<Connection> extends { readonly nodes: readonly (infer Row)[] } ? Row : never;
type ItemOf<List> = NonNullable<List> extends readonly (infer Item)[] ? Item : never;

export type AccountRow = ItemOf<CatalogAccountsQuery['accounts']>;
export type NetworkRow = NodesOf<CatalogNetworksQuery['networks']>;
export type ResourceRow = NodesOf<CatalogResourcesQuery['resources']>;
export type HostRow = NodesOf<CatalogHostsQuery['hosts']>;
export type ServiceRow = NodesOf<CatalogServicesQuery['services']>;

export interface Inventory {
  readonly accounts: readonly AccountRow[];
  readonly networks: readonly NetworkRow[];
  readonly resources: readonly ResourceRow[];
  readonly hosts: readonly HostRow[];
  readonly services: readonly ServiceRow[];
  /** Why something may be missing. None: what is not here, is not there. */
  readonly gaps: readonly string[];
  /** Requests to ScanOrbit and Scanopy that all of it took. */
  readonly upstreamRequests: number;
}

interface Page<Row> {
  readonly nodes: readonly Row[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/**
 * Everything in the inventory, page by page. Of a source that the gateway has not read whole nothing is asked, and what would need too many
 * upstream requests it refuses: both are gaps.
 * @throws when the gateway does not answer.
 */
export const readInventory = async (client: InventoryClient, signal?: AbortSignal): Promise<Inventory> => {
  const gaps: string[] = [];
  let upstreamRequests = 0;

  const ask = async <Data, Variables>(
    document: TypedDocumentString<Data, Variables>,
    variables: Variables,
  ): Promise<Data | null> => {
    const answer: InventoryAnswer<Data> = await client.ask(document, variables, signal);
    gaps.push(...answer.errors.map(({ message }) => message));
    upstreamRequests += answer.upstreamRequests;
    return answer.data;
  };

  const readPages = async <Data, Variables extends object, Row>(
    document: TypedDocumentString<Data, Variables & { after?: string | null | undefined }>,
    variables: Variables,
    pageOf: (data: Data) => Page<Row> | null,
  ): Promise<readonly Row[]> => {
    const rows: Row[] = [];
    for (let after: string | null = null; ; ) {
      const data: Data | null = await ask(document, { ...variables, after });
      const page: Page<Row> | null = data && pageOf(data);
      // Why is among the gaps.
      if (!page) return rows;
      rows.push(...page.nodes);
      if (!page.pageInfo.hasNextPage) return rows;
      after = page.pageInfo.endCursor;
    }
  };

  /** Without those whose relations are not all known: in the catalog they stay as they are. */
  const related = <Row extends Pick<ResourceRow, 'displayName' | 'dependencies'>>(rows: readonly Row[]): Row[] =>
    rows.filter(({ displayName, dependencies }) => {
      const isKnown = dependencies !== null && !dependencies.pageInfo.hasNextPage;
      if (!isKnown) gaps.push(`Not all relations of ${displayName} are known.`);
      return isKnown;
    });

  const before = (await ask(CatalogSourcesDocument, {}))?.sources ?? [];
  const accounts = (await ask(CatalogAccountsDocument, {}))?.accounts ?? [];
  const networks = await readPages(CatalogNetworksDocument, {}, (data) => data.networks);
  const resources: ResourceRow[] = [];
  const hosts: HostRow[] = [];
  const services: ServiceRow[] = [];
  for (const { name: source, kind } of before.filter(({ index }) => index.complete)) {
    if (kind === 'SCANORBIT')
      resources.push(...related(await readPages(CatalogResourcesDocument, { source }, (data) => data.resources)));
    else {
      hosts.push(...related(await readPages(CatalogHostsDocument, { source }, (data) => data.hosts)));
      services.push(...related(await readPages(CatalogServicesDocument, { source }, (data) => data.services)));
    }
  }
  const after = (await ask(CatalogSourcesDocument, {}))?.sources ?? [];
  gaps.push(...sourceGaps(before, after));
  return { accounts, networks, resources, hosts, services, gaps, upstreamRequests };
};

type Sources = CatalogSourcesQuery['sources'];

/** A source that is down or not read whole proves nothing gone, and one that was read anew meanwhile moved rows between pages. */
const sourceGaps = (before: Sources, after: Sources): string[] => {
  const readAt = new Map(before.map(({ name, index }) => [name, index.completedAt]));
  return after.flatMap(({ name, health, index }) => {
    if (health !== 'OK') return [`${name} does not answer as it should.`];
    if (!index.complete) return [`${name} is not read whole yet.`];
    return readAt.get(name) === index.completedAt ? [] : [`${name} was read anew meanwhile.`];
  });
};
