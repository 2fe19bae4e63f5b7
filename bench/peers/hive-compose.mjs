// What `mesh-compose` reads, copied to where the peers are installed: two OpenAPI documents, and the two links between their rows.
import { defineConfig } from '@graphql-mesh/compose-cli';
import { loadOpenAPISubgraph } from '@omnigraph/openapi';

const upstreams = JSON.parse(process.env.PEER_UPSTREAMS ?? '[]');

const byId = (name, requiredSelectionSet, id) =>
  `@resolveTo(sourceName: "${name.source}", sourceTypeName: "Query", sourceFieldName: "${name.field}", requiredSelectionSet: "${requiredSelectionSet}", sourceArgs: { id: "${id}" })`;

export const composeConfig = defineConfig({
  subgraphs: upstreams.map(({ name, url, headers, document }) => ({
    sourceHandler: loadOpenAPISubgraph(name, { source: document, endpoint: url, operationHeaders: headers }),
  })),
  additionalTypeDefs: `
    extend type Finding { resource: ResourceAnswer ${byId({ source: 'scanorbit', field: 'resource' }, '{ resourceId }', '{root.resourceId}')} }
    extend type Host { network: NetworkAnswer ${byId({ source: 'scanopy', field: 'network' }, '{ network_id }', '{root.network_id}')} }
  `,
});
