import { composeServices } from '@apollo/composition';
import { composeServices as composeWithGuild } from '@theguild/federation-composition';
import {
  type Subgraph as CosmoSubgraph,
  federateSubgraphs,
  federateSubgraphsContract,
  ROUTER_COMPATIBILITY_VERSION_ONE,
} from '@wundergraph/composition';
import { buildSchema, type GraphQLSchema, parse } from 'graphql';

export interface Member {
  readonly name: string;
  readonly url?: string;
  readonly sdl: string;
}

/** What a composer made of subgraphs: what clients of the supergraph see, or why it refused. */
export interface Composition {
  readonly errors: readonly string[];
  /** Null when refused. */
  readonly api: GraphQLSchema | null;
  /** Null where the composer gives none. */
  readonly supergraphSdl: string | null;
}

export type Compose = (members: readonly Member[]) => Composition;

const services = (members: readonly Member[]) =>
  members.map(({ name, url, sdl }) => ({ name, url: url ?? `http://${name}.test/graphql`, typeDefs: parse(sdl) }));

const withApollo: Compose = (members) => {
  const { errors = [], schema, supergraphSdl = null } = composeServices(services(members));
  return {
    errors: errors.map(({ message }) => message),
    api: schema ? schema.toAPISchema().toGraphQLJSSchema() : null,
    supergraphSdl,
  };
};

const withGuild: Compose = (members) => {
  const result = composeWithGuild(services(members));
  const refusals = result.errors ?? [];
  return {
    errors: refusals.map(({ message }) => message),
    api: result.publicSdl ? buildSchema(result.publicSdl) : null,
    supergraphSdl: result.supergraphSdl ?? null,
  };
};

const cosmoSubgraphs = (members: readonly Member[]): CosmoSubgraph[] =>
  services(members).map(({ name, url, typeDefs }) => ({ name, url, definitions: typeDefs }));

const withCosmo: Compose = (members) => {
  const result = federateSubgraphs({ subgraphs: cosmoSubgraphs(members), version: ROUTER_COMPATIBILITY_VERSION_ONE });
  return result.success
    ? { errors: [], api: result.federatedGraphClientSchema, supergraphSdl: null }
    : { errors: result.errors.map(({ message }) => message), api: null, supergraphSdl: null };
};

/** The supergraph without what carries a tag, as routers' contracts cut it. */
export const contractWithout = (tag: string, members: readonly Member[]): Composition => {
  const result = federateSubgraphsContract({
    subgraphs: cosmoSubgraphs(members),
    contractTagOptions: { tagNamesToExclude: new Set([tag]), tagNamesToInclude: new Set() },
    version: ROUTER_COMPATIBILITY_VERSION_ONE,
  });
  return result.success
    ? { errors: [], api: result.federatedGraphClientSchema, supergraphSdl: null }
    : { errors: result.errors.map(({ message }) => message), api: null, supergraphSdl: null };
};

export const COMPOSERS: readonly (readonly [name: string, compose: Compose])[] = [
  ['@apollo/composition', withApollo],
  ['@theguild/federation-composition', withGuild],
  ['@wundergraph/composition', withCosmo],
];
