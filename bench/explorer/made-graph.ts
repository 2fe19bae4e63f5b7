import { createRandom } from '#demo/random.ts';

const HUB_SHARE = 0.02;
const ARROWS_A_VERTEX = 3;

const idOf = (i: number): string => `v${i}`;

/** As a cloud is: a few subnets, VPCs and security groups, and many things that each point at some of them and at a neighbour. */
export const madeGraph = (count: number) => {
  const random = createRandom('explorer');
  const hubs = Math.max(1, Math.round(count * HUB_SHARE));
  const vertices = Array.from({ length: count }, (_, i) =>
    i < hubs
      ? { id: idOf(i), depth: 1, asset: null, target: { kind: 'subnet', identifier: `subnet-${i}` } }
      : { id: idOf(i), depth: 2, asset: assetOf(i), target: null },
  );
  const arrows = vertices.slice(hubs).flatMap(({ id }, i) =>
    Array.from({ length: ARROWS_A_VERTEX }, (_, n) => ({
      from: id,
      // The last one goes to a thing nearby, so that there are communities.
      to: idOf(n < ARROWS_A_VERTEX - 1 ? random.int(0, hubs - 1) : Math.max(0, hubs + i - random.int(1, 20))),
      kind: 'CONTAINED_IN',
      relationship: null,
      confidence: 'CERTAIN',
    })),
  );
  const distinct = new Map(arrows.map((arrow) => [`${arrow.from} ${arrow.to}`, arrow]));
  return {
    vertices,
    arrows: [...distinct.values()],
    truncated: true,
    frontier: vertices.slice(-500).map(({ id }) => id),
  };
};

const assetOf = (i: number) =>
  i % 5 === 0
    ? { __typename: 'Host', displayName: `host-${i}` }
    : { __typename: 'Resource', displayName: `resource-${i}`, service: 'ec2' };
