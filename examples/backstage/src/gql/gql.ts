/* eslint-disable */
import * as types from './graphql.ts';



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
    "query CatalogSources {\n  sources {\n    name\n    kind\n    health\n    index {\n      complete\n      completedAt\n    }\n  }\n}\n\nquery CatalogAccounts {\n  accounts {\n    id\n    name\n    awsAccountNumber\n  }\n}\n\nquery CatalogNetworks($after: String) {\n  networks(first: 200, after: $after) {\n    nodes {\n      id\n      name\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}\n\nfragment CatalogAsset on Asset {\n  id\n  displayName\n  dependencies(first: 1000) {\n    nodes {\n      id\n    }\n    pageInfo {\n      hasNextPage\n    }\n  }\n}\n\nquery CatalogResources($source: String!, $after: String) {\n  resources(filter: {source: $source}, first: 200, after: $after) {\n    nodes {\n      ...CatalogAsset\n      resourceId\n      service\n      region\n      tags {\n        key\n        value\n      }\n      account {\n        id\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}\n\nquery CatalogHosts($source: String!, $after: String) {\n  hosts(filter: {source: $source}, first: 200, after: $after) {\n    nodes {\n      ...CatalogAsset\n      hostname\n      tags {\n        name\n      }\n      network {\n        id\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}\n\nquery CatalogServices($source: String!, $after: String) {\n  services(filter: {source: $source}, first: 200, after: $after) {\n    nodes {\n      ...CatalogAsset\n      definition\n      tags {\n        name\n      }\n      network {\n        id\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}": typeof types.CatalogSourcesDocument,
};
const documents: Documents = {
    "query CatalogSources {\n  sources {\n    name\n    kind\n    health\n    index {\n      complete\n      completedAt\n    }\n  }\n}\n\nquery CatalogAccounts {\n  accounts {\n    id\n    name\n    awsAccountNumber\n  }\n}\n\nquery CatalogNetworks($after: String) {\n  networks(first: 200, after: $after) {\n    nodes {\n      id\n      name\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}\n\nfragment CatalogAsset on Asset {\n  id\n  displayName\n  dependencies(first: 1000) {\n    nodes {\n      id\n    }\n    pageInfo {\n      hasNextPage\n    }\n  }\n}\n\nquery CatalogResources($source: String!, $after: String) {\n  resources(filter: {source: $source}, first: 200, after: $after) {\n    nodes {\n      ...CatalogAsset\n      resourceId\n      service\n      region\n      tags {\n        key\n        value\n      }\n      account {\n        id\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}\n\nquery CatalogHosts($source: String!, $after: String) {\n  hosts(filter: {source: $source}, first: 200, after: $after) {\n    nodes {\n      ...CatalogAsset\n      hostname\n      tags {\n        name\n      }\n      network {\n        id\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}\n\nquery CatalogServices($source: String!, $after: String) {\n  services(filter: {source: $source}, first: 200, after: $after) {\n    nodes {\n      ...CatalogAsset\n      definition\n      tags {\n        name\n      }\n      network {\n        id\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}": types.CatalogSourcesDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query CatalogSources {\n  sources {\n    name\n    kind\n    health\n    index {\n      complete\n      completedAt\n    }\n  }\n}\n\nquery CatalogAccounts {\n  accounts {\n    id\n    name\n    awsAccountNumber\n  }\n}\n\nquery CatalogNetworks($after: String) {\n  networks(first: 200, after: $after) {\n    nodes {\n      id\n      name\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}\n\nfragment CatalogAsset on Asset {\n  id\n  displayName\n  dependencies(first: 1000) {\n    nodes {\n      id\n    }\n    pageInfo {\n      hasNextPage\n    }\n  }\n}\n\nquery CatalogResources($source: String!, $after: String) {\n  resources(filter: {source: $source}, first: 200, after: $after) {\n    nodes {\n      ...CatalogAsset\n      resourceId\n      service\n      region\n      tags {\n        key\n        value\n      }\n      account {\n        id\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}\n\nquery CatalogHosts($source: String!, $after: String) {\n  hosts(filter: {source: $source}, first: 200, after: $after) {\n    nodes {\n      ...CatalogAsset\n      hostname\n      tags {\n        name\n      }\n      network {\n        id\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}\n\nquery CatalogServices($source: String!, $after: String) {\n  services(filter: {source: $source}, first: 200, after: $after) {\n    nodes {\n      ...CatalogAsset\n      definition\n      tags {\n        name\n      }\n      network {\n        id\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}"): typeof import('./graphql.ts').CatalogSourcesDocument;


export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}
