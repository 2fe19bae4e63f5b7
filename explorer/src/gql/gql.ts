/* eslint-disable */
import * as types from './graphql.ts';
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';

/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "\n  query AssetFacts($id: ID!) {\n    node(id: $id) {\n      __typename\n      id\n      ... on Asset { displayName source { name kind } }\n    }\n  }\n": typeof types.AssetFactsDocument,
    "\n  query OverviewCloudStatistics {\n    resourceStats { total byService { key count } byRegion { key count } }\n    findingStats { total bySeverity { key count } }\n  }\n": typeof types.OverviewCloudStatisticsDocument,
    "\n  query OverviewCloud {\n    byService: resourceGroups(by: [SERVICE], orderBy: { field: COST }, first: 7) {\n      totalCount\n      monthlyCost\n      withoutCost\n      asOf\n      groups { count monthlyCost keys { value label } }\n    }\n    byAccount: resourceGroups(by: [ACCOUNT], orderBy: { field: COST }, first: 7) {\n      groupCount\n      groups { count monthlyCost keys { value label } }\n    }\n    byRegion: resourceGroups(by: [REGION], first: 7) {\n      groupCount\n      groups { count monthlyCost keys { value label } }\n    }\n  }\n": typeof types.OverviewCloudDocument,
    "\n  query OverviewFindings {\n    bySeverity: findingGroups(by: [SEVERITY], filter: { status: [OPEN] }) {\n      totalCount\n      groups { count keys { value label } }\n    }\n    byType: findingGroups(by: [TYPE], filter: { status: [OPEN] }, first: 6) {\n      groups { count keys { value label } }\n    }\n    worst: findings(first: 7, filter: { status: [OPEN] }, orderBy: { field: SEVERITY, direction: DESC }) {\n      nodes { id severity summary resource { __typename id displayName } }\n    }\n    certificates: findings(first: 50, filter: { status: [OPEN], type: [\"ssl_expiry\", \"ssl_expired\"] }) {\n      totalCount\n      nodes { id severity summary details }\n    }\n  }\n": typeof types.OverviewFindingsDocument,
    "\n  query OverviewLinks {\n    correlationReport {\n      linksByConfidence { key count }\n      unmatchedCloud { key count }\n      unmatchedNetwork { key count }\n    }\n    cloud: unmatched(side: CLOUD, first: 1) { totalCount }\n    network: unmatched(side: NETWORK, first: 1) { totalCount }\n  }\n": typeof types.OverviewLinksDocument,
    "\n  query OverviewNetwork {\n    byNetwork: hostGroups(by: [NETWORK], first: 7) {\n      totalCount\n      groups { count keys { value label } }\n    }\n    byPort: hostGroups(by: [OPEN_PORT], first: 7) {\n      groupCount\n      groups { count keys { value label } }\n    }\n    byDefinition: serviceGroups(by: [DEFINITION], first: 7) {\n      totalCount\n      groups { count keys { value label } }\n    }\n  }\n": typeof types.OverviewNetworkDocument,
    "\n  query OverviewSources {\n    sources {\n      name\n      kind\n      health\n      lastError\n      serverVersion\n      budget { limit windowSeconds remaining queued resetAt }\n      index { complete coverage records missingRows startedAt completedAt }\n    }\n  }\n": typeof types.OverviewSourcesDocument,
};
const documents: Documents = {
    "\n  query AssetFacts($id: ID!) {\n    node(id: $id) {\n      __typename\n      id\n      ... on Asset { displayName source { name kind } }\n    }\n  }\n": types.AssetFactsDocument,
    "\n  query OverviewCloudStatistics {\n    resourceStats { total byService { key count } byRegion { key count } }\n    findingStats { total bySeverity { key count } }\n  }\n": types.OverviewCloudStatisticsDocument,
    "\n  query OverviewCloud {\n    byService: resourceGroups(by: [SERVICE], orderBy: { field: COST }, first: 7) {\n      totalCount\n      monthlyCost\n      withoutCost\n      asOf\n      groups { count monthlyCost keys { value label } }\n    }\n    byAccount: resourceGroups(by: [ACCOUNT], orderBy: { field: COST }, first: 7) {\n      groupCount\n      groups { count monthlyCost keys { value label } }\n    }\n    byRegion: resourceGroups(by: [REGION], first: 7) {\n      groupCount\n      groups { count monthlyCost keys { value label } }\n    }\n  }\n": types.OverviewCloudDocument,
    "\n  query OverviewFindings {\n    bySeverity: findingGroups(by: [SEVERITY], filter: { status: [OPEN] }) {\n      totalCount\n      groups { count keys { value label } }\n    }\n    byType: findingGroups(by: [TYPE], filter: { status: [OPEN] }, first: 6) {\n      groups { count keys { value label } }\n    }\n    worst: findings(first: 7, filter: { status: [OPEN] }, orderBy: { field: SEVERITY, direction: DESC }) {\n      nodes { id severity summary resource { __typename id displayName } }\n    }\n    certificates: findings(first: 50, filter: { status: [OPEN], type: [\"ssl_expiry\", \"ssl_expired\"] }) {\n      totalCount\n      nodes { id severity summary details }\n    }\n  }\n": types.OverviewFindingsDocument,
    "\n  query OverviewLinks {\n    correlationReport {\n      linksByConfidence { key count }\n      unmatchedCloud { key count }\n      unmatchedNetwork { key count }\n    }\n    cloud: unmatched(side: CLOUD, first: 1) { totalCount }\n    network: unmatched(side: NETWORK, first: 1) { totalCount }\n  }\n": types.OverviewLinksDocument,
    "\n  query OverviewNetwork {\n    byNetwork: hostGroups(by: [NETWORK], first: 7) {\n      totalCount\n      groups { count keys { value label } }\n    }\n    byPort: hostGroups(by: [OPEN_PORT], first: 7) {\n      groupCount\n      groups { count keys { value label } }\n    }\n    byDefinition: serviceGroups(by: [DEFINITION], first: 7) {\n      totalCount\n      groups { count keys { value label } }\n    }\n  }\n": types.OverviewNetworkDocument,
    "\n  query OverviewSources {\n    sources {\n      name\n      kind\n      health\n      lastError\n      serverVersion\n      budget { limit windowSeconds remaining queued resetAt }\n      index { complete coverage records missingRows startedAt completedAt }\n    }\n  }\n": types.OverviewSourcesDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 *
 *
 * @example
 * ```ts
 * const query = graphql(`query GetUser($id: ID!) { user(id: $id) { name } }`);
 * ```
 *
 * The query argument is unknown!
 * Please regenerate the types.
 */
export function graphql(source: string): unknown;

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query AssetFacts($id: ID!) {\n    node(id: $id) {\n      __typename\n      id\n      ... on Asset { displayName source { name kind } }\n    }\n  }\n"): (typeof documents)["\n  query AssetFacts($id: ID!) {\n    node(id: $id) {\n      __typename\n      id\n      ... on Asset { displayName source { name kind } }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query OverviewCloudStatistics {\n    resourceStats { total byService { key count } byRegion { key count } }\n    findingStats { total bySeverity { key count } }\n  }\n"): (typeof documents)["\n  query OverviewCloudStatistics {\n    resourceStats { total byService { key count } byRegion { key count } }\n    findingStats { total bySeverity { key count } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query OverviewCloud {\n    byService: resourceGroups(by: [SERVICE], orderBy: { field: COST }, first: 7) {\n      totalCount\n      monthlyCost\n      withoutCost\n      asOf\n      groups { count monthlyCost keys { value label } }\n    }\n    byAccount: resourceGroups(by: [ACCOUNT], orderBy: { field: COST }, first: 7) {\n      groupCount\n      groups { count monthlyCost keys { value label } }\n    }\n    byRegion: resourceGroups(by: [REGION], first: 7) {\n      groupCount\n      groups { count monthlyCost keys { value label } }\n    }\n  }\n"): (typeof documents)["\n  query OverviewCloud {\n    byService: resourceGroups(by: [SERVICE], orderBy: { field: COST }, first: 7) {\n      totalCount\n      monthlyCost\n      withoutCost\n      asOf\n      groups { count monthlyCost keys { value label } }\n    }\n    byAccount: resourceGroups(by: [ACCOUNT], orderBy: { field: COST }, first: 7) {\n      groupCount\n      groups { count monthlyCost keys { value label } }\n    }\n    byRegion: resourceGroups(by: [REGION], first: 7) {\n      groupCount\n      groups { count monthlyCost keys { value label } }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query OverviewFindings {\n    bySeverity: findingGroups(by: [SEVERITY], filter: { status: [OPEN] }) {\n      totalCount\n      groups { count keys { value label } }\n    }\n    byType: findingGroups(by: [TYPE], filter: { status: [OPEN] }, first: 6) {\n      groups { count keys { value label } }\n    }\n    worst: findings(first: 7, filter: { status: [OPEN] }, orderBy: { field: SEVERITY, direction: DESC }) {\n      nodes { id severity summary resource { __typename id displayName } }\n    }\n    certificates: findings(first: 50, filter: { status: [OPEN], type: [\"ssl_expiry\", \"ssl_expired\"] }) {\n      totalCount\n      nodes { id severity summary details }\n    }\n  }\n"): (typeof documents)["\n  query OverviewFindings {\n    bySeverity: findingGroups(by: [SEVERITY], filter: { status: [OPEN] }) {\n      totalCount\n      groups { count keys { value label } }\n    }\n    byType: findingGroups(by: [TYPE], filter: { status: [OPEN] }, first: 6) {\n      groups { count keys { value label } }\n    }\n    worst: findings(first: 7, filter: { status: [OPEN] }, orderBy: { field: SEVERITY, direction: DESC }) {\n      nodes { id severity summary resource { __typename id displayName } }\n    }\n    certificates: findings(first: 50, filter: { status: [OPEN], type: [\"ssl_expiry\", \"ssl_expired\"] }) {\n      totalCount\n      nodes { id severity summary details }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query OverviewLinks {\n    correlationReport {\n      linksByConfidence { key count }\n      unmatchedCloud { key count }\n      unmatchedNetwork { key count }\n    }\n    cloud: unmatched(side: CLOUD, first: 1) { totalCount }\n    network: unmatched(side: NETWORK, first: 1) { totalCount }\n  }\n"): (typeof documents)["\n  query OverviewLinks {\n    correlationReport {\n      linksByConfidence { key count }\n      unmatchedCloud { key count }\n      unmatchedNetwork { key count }\n    }\n    cloud: unmatched(side: CLOUD, first: 1) { totalCount }\n    network: unmatched(side: NETWORK, first: 1) { totalCount }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query OverviewNetwork {\n    byNetwork: hostGroups(by: [NETWORK], first: 7) {\n      totalCount\n      groups { count keys { value label } }\n    }\n    byPort: hostGroups(by: [OPEN_PORT], first: 7) {\n      groupCount\n      groups { count keys { value label } }\n    }\n    byDefinition: serviceGroups(by: [DEFINITION], first: 7) {\n      totalCount\n      groups { count keys { value label } }\n    }\n  }\n"): (typeof documents)["\n  query OverviewNetwork {\n    byNetwork: hostGroups(by: [NETWORK], first: 7) {\n      totalCount\n      groups { count keys { value label } }\n    }\n    byPort: hostGroups(by: [OPEN_PORT], first: 7) {\n      groupCount\n      groups { count keys { value label } }\n    }\n    byDefinition: serviceGroups(by: [DEFINITION], first: 7) {\n      totalCount\n      groups { count keys { value label } }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query OverviewSources {\n    sources {\n      name\n      kind\n      health\n      lastError\n      serverVersion\n      budget { limit windowSeconds remaining queued resetAt }\n      index { complete coverage records missingRows startedAt completedAt }\n    }\n  }\n"): (typeof documents)["\n  query OverviewSources {\n    sources {\n      name\n      kind\n      health\n      lastError\n      serverVersion\n      budget { limit windowSeconds remaining queued resetAt }\n      index { complete coverage records missingRows startedAt completedAt }\n    }\n  }\n"];

export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}

export type DocumentType<TDocumentNode extends DocumentNode<any, any>> = TDocumentNode extends DocumentNode<  infer TType,  any>  ? TType  : never;