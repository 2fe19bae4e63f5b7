/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
/** How sure a link is. */
export type Confidence =
  /** Reported by an upstream, or identified beyond doubt. */
  | 'CERTAIN'
  /** Strong evidence; followed when walking the graph. */
  | 'HIGH'
  /** A candidate to look at. */
  | 'LOW'
  /** Inferred; followed only on request. */
  | 'MEDIUM';

/** How bad a finding is, as the upstream ranks it. */
export type FindingSeverity =
  /** Worst. The upstream cannot filter by it: a filter reads whole lists. */
  | 'CRITICAL'
  /** Bad. */
  | 'HIGH'
  /** Minor. */
  | 'LOW'
  /** Worth fixing. */
  | 'MEDIUM'
  /** Least. The upstream cannot filter by it: a filter reads whole lists. */
  | 'TRIVIAL'
  /** A word this graph does not know. */
  | 'UNKNOWN';

/** Which hosts are wanted; all conditions must hold. Every Scanopy version gives the same answer. */
export type HostFilter = {
  /** One whole IPv4 or IPv6 address of the host. Reads all hosts in question. */
  readonly address?: string | null | undefined;
  /** Only hidden (true) or only visible (false) hosts; both when left out. Before Scanopy 0.17.21 this reads all hosts in question. */
  readonly hidden?: boolean | null | undefined;
  /** A MAC address of the host or of one of its interfaces, in any usual spelling. Reads all hosts in question. */
  readonly macAddress?: string | null | undefined;
  /** Only of the network with this global id. */
  readonly network?: string | number | null | undefined;
  /** Part of a name, host name, SNMP name, description, address or service name; case is ignored. Before Scanopy 0.17.21 this reads all hosts in question. */
  readonly search?: string | null | undefined;
  /** Only of the source with this name. */
  readonly source?: string | null | undefined;
  /** Only with the tag of this global id. */
  readonly tag?: string | number | null | undefined;
};

export type HostsQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  filter?: HostFilter | null | undefined;
}>;


export type HostsQuery = { readonly hosts: { readonly totalCount: number, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null }, readonly nodes: ReadonlyArray<{ readonly id: string, readonly displayName: string, readonly hostname: string | null, readonly addresses: ReadonlyArray<{ readonly id: string, readonly address: string }>, readonly network: { readonly id: string, readonly name: string } | null, readonly resources: ReadonlyArray<{ readonly confidence: Confidence, readonly rule: string, readonly resource: { readonly id: string, readonly displayName: string, readonly service: string, readonly region: string | null, readonly account: { readonly id: string, readonly name: string } | null, readonly findings: { readonly totalCount: number, readonly nodes: ReadonlyArray<{ readonly id: string, readonly severity: FindingSeverity, readonly summary: string }> } | null } }> | null }> } | null };


export const HostsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Hosts"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"HostFilter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hosts"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}},{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"hostname"}},{"kind":"Field","name":{"kind":"Name","value":"addresses"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"address"}}]}},{"kind":"Field","name":{"kind":"Name","value":"network"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"resources"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"confidence"}},{"kind":"Field","name":{"kind":"Name","value":"rule"}},{"kind":"Field","name":{"kind":"Name","value":"resource"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"service"}},{"kind":"Field","name":{"kind":"Name","value":"region"}},{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"findings"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"3"}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"status"},"value":{"kind":"ListValue","values":[{"kind":"EnumValue","value":"OPEN"}]}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}},{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"severity"}},{"kind":"Field","name":{"kind":"Name","value":"summary"}}]}}]}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<HostsQuery, HostsQueryVariables>;