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

export type OverviewQueryVariables = Exact<{ [key: string]: never; }>;


export type OverviewQuery = { readonly sources: ReadonlyArray<{ readonly name: string, readonly kind: SourceKind, readonly health: SourceHealth, readonly serverVersion: string | null, readonly budget: { readonly limit: number, readonly remaining: number, readonly queued: number, readonly resetAt: string | null }, readonly index: { readonly complete: boolean, readonly coverage: number } }> };


export const OverviewDocument = {"__meta__":{"hash":"sha256:13c7d0421bf1f05adbc18819c25c3c16b58988ad16ab22778bb033da84be267b"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Overview"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"sources"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"health"}},{"kind":"Field","name":{"kind":"Name","value":"serverVersion"}},{"kind":"Field","name":{"kind":"Name","value":"budget"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"limit"}},{"kind":"Field","name":{"kind":"Name","value":"remaining"}},{"kind":"Field","name":{"kind":"Name","value":"queued"}},{"kind":"Field","name":{"kind":"Name","value":"resetAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"index"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"complete"}},{"kind":"Field","name":{"kind":"Name","value":"coverage"}}]}}]}}]}}]} as unknown as DocumentNode<OverviewQuery, OverviewQueryVariables>;