import type { Picture, Point, Positions } from './picture.ts';

const STEP = 100;

/**
 * Where vertices are before anything is computed: on rings by their distance from the roots, in the order in which they are reached, so
 * that neighbours begin near each other. What was placed before stays, and what is new begins beside the vertex it hangs on.
 */
export const firstPositions = (picture: Picture, before: Positions): Positions => {
  const neighbours = neighboursOf(picture);
  const placed = new Map<string, Point>();
  for (const { id } of picture.vertices) {
    const point = before.get(id);
    if (point) placed.set(id, point);
  }
  const rings = ringsOf(picture, neighbours);
  rings.forEach((ring, depth) => {
    ring.forEach((id, i) => {
      if (placed.has(id)) return;
      const host = [...(neighbours.get(id) ?? [])].find((other) => before.has(other));
      placed.set(
        id,
        around(host === undefined ? undefined : before.get(host), host === undefined ? depth : 1, i, ring.length),
      );
    });
  });
  return placed;
};

const around = (center: Point = { x: 0, y: 0 }, depth: number, i: number, count: number): Point => {
  const angle = (2 * Math.PI * i) / count + depth;
  const radius = depth * STEP * Math.max(1, Math.sqrt(count) / 4);
  return { x: center.x + radius * Math.cos(angle), y: center.y + radius * Math.sin(angle) };
};

const neighboursOf = ({ arrows }: Picture): Map<string, Set<string>> => {
  const neighbours = new Map<string, Set<string>>();
  const add = (of: string, id: string): void => {
    const known = neighbours.get(of);
    if (known) known.add(id);
    else neighbours.set(of, new Set([id]));
  };
  for (const { from, to } of arrows) {
    add(from, to);
    add(to, from);
  }
  return neighbours;
};

/** What no root reaches stands on a last ring of its own. */
const ringsOf = ({ vertices }: Picture, neighbours: Map<string, Set<string>>): readonly (readonly string[])[] => {
  const rest = new Set(vertices.map(({ id }) => id));
  const rings: string[][] = [];
  let ring = vertices.filter(({ isRoot }) => isRoot).map(({ id }) => id);
  while (ring.length > 0) {
    for (const id of ring) rest.delete(id);
    rings.push(ring);
    ring = [...new Set(ring.flatMap((id) => [...(neighbours.get(id) ?? [])]))].filter((id) => rest.has(id));
  }
  return [...rings, [...rest]];
};
