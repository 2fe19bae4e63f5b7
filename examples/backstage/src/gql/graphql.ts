/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** How the source answered lately. */
export type SourceHealth =
  /** Some calls fail, or the budget is paused; cached answers may be served. */
  | 'DEGRADED'
  /** The last call succeeded. */
  | 'OK'
  /** The source refuses the configured key. */
  | 'UNAUTHORIZED'
  /** The source does not answer. */
  | 'UNAVAILABLE'
  /** Nothing was asked yet. */
  | 'UNKNOWN';

/** Which product a source runs. */
export type SourceKind =
  /** A Scanopy server: networks, hosts, services, discoveries. */
  | 'SCANOPY'
  /** A ScanOrbit organization: AWS accounts, resources, findings, scans. */
  | 'SCANORBIT';

export type CatalogSourcesQueryVariables = Exact<{ [key: string]: never; }>;


export type CatalogSourcesQuery = { readonly sources: ReadonlyArray<{ readonly name: string, readonly kind: SourceKind, readonly health: SourceHealth, readonly index: { readonly complete: boolean, readonly completedAt: string | null } }> };

export type CatalogAccountsQueryVariables = Exact<{ [key: string]: never; }>;


export type CatalogAccountsQuery = { readonly accounts: ReadonlyArray<{ readonly id: string, readonly name: string, readonly awsAccountNumber: string }> | null };

export type CatalogNetworksQueryVariables = Exact<{
  after?: string | null | undefined;
}>;


export type CatalogNetworksQuery = { readonly networks: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly name: string }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } | null };

type CatalogAsset_Host_Fragment = { readonly id: string, readonly displayName: string, readonly dependencies: { readonly nodes: ReadonlyArray<
      | { readonly id: string }
      | { readonly id: string }
      | { readonly id: string }
    >, readonly pageInfo: { readonly hasNextPage: boolean } } | null };

type CatalogAsset_Resource_Fragment = { readonly id: string, readonly displayName: string, readonly dependencies: { readonly nodes: ReadonlyArray<
      | { readonly id: string }
      | { readonly id: string }
      | { readonly id: string }
    >, readonly pageInfo: { readonly hasNextPage: boolean } } | null };

type CatalogAsset_Service_Fragment = { readonly id: string, readonly displayName: string, readonly dependencies: { readonly nodes: ReadonlyArray<
      | { readonly id: string }
      | { readonly id: string }
      | { readonly id: string }
    >, readonly pageInfo: { readonly hasNextPage: boolean } } | null };

export type CatalogAssetFragment =
  | CatalogAsset_Host_Fragment
  | CatalogAsset_Resource_Fragment
  | CatalogAsset_Service_Fragment
;

export type CatalogResourcesQueryVariables = Exact<{
  source: string;
  after?: string | null | undefined;
}>;


export type CatalogResourcesQuery = { readonly resources: { readonly nodes: ReadonlyArray<{ readonly resourceId: string, readonly service: string, readonly region: string | null, readonly id: string, readonly displayName: string, readonly tags: ReadonlyArray<{ readonly key: string, readonly value: string }>, readonly account: { readonly id: string } | null, readonly dependencies: { readonly nodes: ReadonlyArray<
          | { readonly id: string }
          | { readonly id: string }
          | { readonly id: string }
        >, readonly pageInfo: { readonly hasNextPage: boolean } } | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } | null };

export type CatalogHostsQueryVariables = Exact<{
  source: string;
  after?: string | null | undefined;
}>;


export type CatalogHostsQuery = { readonly hosts: { readonly nodes: ReadonlyArray<{ readonly hostname: string | null, readonly id: string, readonly displayName: string, readonly tags: ReadonlyArray<{ readonly name: string }> | null, readonly network: { readonly id: string } | null, readonly dependencies: { readonly nodes: ReadonlyArray<
          | { readonly id: string }
          | { readonly id: string }
          | { readonly id: string }
        >, readonly pageInfo: { readonly hasNextPage: boolean } } | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } | null };

export type CatalogServicesQueryVariables = Exact<{
  source: string;
  after?: string | null | undefined;
}>;


export type CatalogServicesQuery = { readonly services: { readonly nodes: ReadonlyArray<{ readonly definition: string, readonly id: string, readonly displayName: string, readonly tags: ReadonlyArray<{ readonly name: string }> | null, readonly network: { readonly id: string } | null, readonly dependencies: { readonly nodes: ReadonlyArray<
          | { readonly id: string }
          | { readonly id: string }
          | { readonly id: string }
        >, readonly pageInfo: { readonly hasNextPage: boolean } } | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } | null };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const CatalogAssetFragmentDoc = new TypedDocumentString(`
    fragment CatalogAsset on Asset {
  id
  displayName
  dependencies(first: 1000) {
    nodes {
      id
    }
    pageInfo {
      hasNextPage
    }
  }
}
    `, {"fragmentName":"CatalogAsset"}) as unknown as TypedDocumentString<CatalogAssetFragment, unknown>;
export const CatalogSourcesDocument = new TypedDocumentString(`
    query CatalogSources {
  sources {
    name
    kind
    health
    index {
      complete
      completedAt
    }
  }
}
    `) as unknown as TypedDocumentString<CatalogSourcesQuery, CatalogSourcesQueryVariables>;
export const CatalogAccountsDocument = new TypedDocumentString(`
    query CatalogAccounts {
  accounts {
    id
    name
    awsAccountNumber
  }
}
    `) as unknown as TypedDocumentString<CatalogAccountsQuery, CatalogAccountsQueryVariables>;
export const CatalogNetworksDocument = new TypedDocumentString(`
    query CatalogNetworks($after: String) {
  networks(first: 200, after: $after) {
    nodes {
      id
      name
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<CatalogNetworksQuery, CatalogNetworksQueryVariables>;
export const CatalogResourcesDocument = new TypedDocumentString(`
    query CatalogResources($source: String!, $after: String) {
  resources(filter: {source: $source}, first: 200, after: $after) {
    nodes {
      ...CatalogAsset
      resourceId
      service
      region
      tags {
        key
        value
      }
      account {
        id
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    fragment CatalogAsset on Asset {
  id
  displayName
  dependencies(first: 1000) {
    nodes {
      id
    }
    pageInfo {
      hasNextPage
    }
  }
}`) as unknown as TypedDocumentString<CatalogResourcesQuery, CatalogResourcesQueryVariables>;
export const CatalogHostsDocument = new TypedDocumentString(`
    query CatalogHosts($source: String!, $after: String) {
  hosts(filter: {source: $source}, first: 200, after: $after) {
    nodes {
      ...CatalogAsset
      hostname
      tags {
        name
      }
      network {
        id
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    fragment CatalogAsset on Asset {
  id
  displayName
  dependencies(first: 1000) {
    nodes {
      id
    }
    pageInfo {
      hasNextPage
    }
  }
}`) as unknown as TypedDocumentString<CatalogHostsQuery, CatalogHostsQueryVariables>;
export const CatalogServicesDocument = new TypedDocumentString(`
    query CatalogServices($source: String!, $after: String) {
  services(filter: {source: $source}, first: 200, after: $after) {
    nodes {
      ...CatalogAsset
      definition
      tags {
        name
      }
      network {
        id
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    fragment CatalogAsset on Asset {
  id
  displayName
  dependencies(first: 1000) {
    nodes {
      id
    }
    pageInfo {
      hasNextPage
    }
  }
}`) as unknown as TypedDocumentString<CatalogServicesQuery, CatalogServicesQueryVariables>;