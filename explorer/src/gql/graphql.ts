/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
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

export type AssetFactsQueryVariables = Exact<{
  id: string | number;
}>;


export type AssetFactsQuery = { readonly node:
    | { readonly __typename: 'Certificate', readonly id: string }
    | { readonly __typename: 'CloudAccount', readonly id: string }
    | { readonly __typename: 'CloudOrganization', readonly id: string }
    | { readonly __typename: 'Daemon', readonly id: string }
    | { readonly __typename: 'Discovery', readonly id: string }
    | { readonly __typename: 'Finding', readonly id: string }
    | { readonly __typename: 'Host', readonly displayName: string, readonly id: string, readonly source: { readonly name: string, readonly kind: SourceKind } }
    | { readonly __typename: 'Network', readonly id: string }
    | { readonly __typename: 'NetworkTag', readonly id: string }
    | { readonly __typename: 'Resource', readonly displayName: string, readonly id: string, readonly source: { readonly name: string, readonly kind: SourceKind } }
    | { readonly __typename: 'Scan', readonly id: string }
    | { readonly __typename: 'Service', readonly displayName: string, readonly id: string, readonly source: { readonly name: string, readonly kind: SourceKind } }
    | { readonly __typename: 'ServiceDependency', readonly id: string }
    | { readonly __typename: 'Subnet', readonly id: string }
    | { readonly __typename: 'Vlan', readonly id: string }
   | null };

export type OverviewSourcesQueryVariables = Exact<{ [key: string]: never; }>;


export type OverviewSourcesQuery = { readonly sources: ReadonlyArray<{ readonly name: string, readonly kind: SourceKind, readonly health: SourceHealth, readonly lastError: string | null, readonly serverVersion: string | null, readonly budget: { readonly limit: number, readonly windowSeconds: number, readonly remaining: number, readonly queued: number, readonly resetAt: string | null }, readonly index: { readonly complete: boolean, readonly coverage: number, readonly records: number, readonly missingRows: number, readonly startedAt: string | null, readonly completedAt: string | null } }> };


export const AssetFactsDocument = {"__meta__":{"hash":"sha256:8937cf3e8dedecc691063e07743d485530852fb431dc7513924d85a788a7af21"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"AssetFacts"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Asset"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"source"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}}]}}]}}]}}]}}]} as unknown as DocumentNode<AssetFactsQuery, AssetFactsQueryVariables>;
export const OverviewSourcesDocument = {"__meta__":{"hash":"sha256:a73edeb3f32c8bb1e09f1a4178ee942343d7ecd308ee00b7b1cdaf3edd9d6777"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"OverviewSources"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"sources"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"health"}},{"kind":"Field","name":{"kind":"Name","value":"lastError"}},{"kind":"Field","name":{"kind":"Name","value":"serverVersion"}},{"kind":"Field","name":{"kind":"Name","value":"budget"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"limit"}},{"kind":"Field","name":{"kind":"Name","value":"windowSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"remaining"}},{"kind":"Field","name":{"kind":"Name","value":"queued"}},{"kind":"Field","name":{"kind":"Name","value":"resetAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"index"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"complete"}},{"kind":"Field","name":{"kind":"Name","value":"coverage"}},{"kind":"Field","name":{"kind":"Name","value":"records"}},{"kind":"Field","name":{"kind":"Name","value":"missingRows"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"completedAt"}}]}}]}}]}}]} as unknown as DocumentNode<OverviewSourcesQuery, OverviewSourcesQueryVariables>;