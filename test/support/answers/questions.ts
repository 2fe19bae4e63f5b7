import type { Random } from '#demo/random.ts';
import type { World } from '#demo/world/types.ts';
import { encodeGlobalId } from '#lib/record-ref.ts';

/** Few different questions, so that each comes again and again. */
export interface Asked {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

const FIXED = [
  '{ sources { name kind } }',
  '{ accounts { name lastScan { status } } }',
  '{ resources(first: 5) { totalCount nodes { name tags { key value } account { name } } } }',
  '{ findings(first: 5) { totalCount nodes { severity summary resource { name state } } } }',
  '{ resources(first: 5, filter: { search: "web" }) { totalCount nodes { name } } }',
  '{ resources(first: 3) { nodes { name findings { totalCount } dependencies { edges { kind } } } } }',
  '{ scans(first: 3) { nodes { status account { name } } } }',
  '{ hosts(first: 5) { totalCount nodes { displayName services { name } network { name } } } }',
  '{ networks { nodes { name subnets { nodes { cidr } } } } }',
  '{ discoveries(first: 3) { nodes { id } } }',
  '{ resourceStatistics { total } }',
  '{ sources { name health budget { remaining } } }',
  '{ __typename }',
] as const;

/** @param world whose first rows are asked for by id. */
export const questionsOf = ({ cloud, network }: World): ((random: Random) => Asked) => {
  const resources = cloud.resources
    .slice(0, 6)
    .map(({ id }) => encodeGlobalId({ type: 'Resource', source: 'scanorbit', id }));
  const hosts = network.hosts.slice(0, 4).map(({ id }) => encodeGlobalId({ type: 'Host', source: 'scanopy', id }));
  const byId =
    'query ($ids: [ID!]!) { nodes(ids: $ids) { __typename ... on Resource { name tags { key value } } ... on Host { displayName } } }';
  const rows = 'query ($first: Int!) { resources(first: $first) { nodes { name state } } }';
  return (random) => {
    if (random.chance(0.25)) return { query: byId, variables: { ids: [random.pick(resources), random.pick(hosts)] } };
    if (random.chance(0.1)) return { query: rows, variables: { first: random.int(1, 3) } };
    return { query: random.pick(FIXED) };
  };
};
