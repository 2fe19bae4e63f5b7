const LINK = (...imports: string[]) =>
  `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [${imports.map((of) => `"${of}"`).join(', ')}])\n`;

/** Somebody's bills: holds ARNs and account numbers, has none of our ids. */
export const BILLING_SDL = `${LINK('@key')}
type Query { bills: [Bill!]! }
type Bill { id: ID! resource: Resource account: CloudAccount }
type Resource @key(fields: "resourceId") { resourceId: String! monthToDate: String! }
type CloudAccount @key(fields: "awsAccountNumber") { awsAccountNumber: String! owner: String! }
`;

/** Somebody's service catalogue, which has its own idea of a service and a network. */
export const CATALOGUE_SDL = `${LINK('@key')}
type Query { catalogue: [Service!]! mobileNetworks: [Network!]! }
type Service @key(fields: "slug") { slug: ID! team: String! }
enum Network { GSM LTE }
`;

/** A subgraph that answers \`node\` for the whole supergraph. */
export const RELAY_SDL = `${LINK('@key')}
interface Node { id: ID! }
type Query { node(id: ID!): Node }
type Resource implements Node @key(fields: "id") { id: ID! }
type Host implements Node @key(fields: "id") { id: ID! }
`;
