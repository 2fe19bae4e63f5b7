import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Arrow } from '#inventory/graph/arrow.ts';
import { indexArrows } from '#inventory/graph/arrow-table.ts';
import { GRAPH_DIRECTIONS, type GraphDirection, traverse } from '#inventory/graph/traverse.ts';
import { arrow, graphs } from './arrows.ts';

/** Depths by relaxing every arrow until nothing changes: slow and plain. */
function naiveDepths(
  arrows: readonly Arrow[],
  root: string,
  depth: number,
  direction: GraphDirection,
): Map<string, number> {
  const depths = new Map([[root, 0]]);
  for (let changed = true; changed; ) {
    changed = false;
    for (const { from, to, kind, confidence } of arrows) {
      const isSame = kind === 'OBSERVED_AS';
      if (isSame && confidence !== 'CERTAIN' && confidence !== 'HIGH') continue;
      const ways: [string, string][] = [];
      if (isSame || direction !== 'DEPENDENTS') ways.push([from, to]);
      if (isSame || direction !== 'DEPENDENCIES') ways.push([to, from]);
      for (const [a, b] of ways) {
        const offered = (depths.get(a) ?? Number.POSITIVE_INFINITY) + (isSame ? 0 : 1);
        if (offered > depth || offered >= (depths.get(b) ?? Number.POSITIVE_INFINITY)) continue;
        depths.set(b, offered);
        changed = true;
      }
    }
  }
  return depths;
}

const kinds = ['USES', 'RUNS_ON', 'OBSERVED_AS'] as const;

describe('traversal', () => {
  it('equals a naive reference on random graphs with cycles, whatever the order of arrows', async () => {
    await fc.assert(
      fc.asyncProperty(
        graphs(kinds),
        fc.nat(4),
        fc.constantFrom(...GRAPH_DIRECTIONS),
        async (arrows, depth, direction) => {
          const expected = naiveDepths(arrows, 'v0', depth, direction);
          const walked = await traverse(['v0'], indexArrows(arrows).arrowsOf, { depth, direction });
          expect(new Map(walked.vertices.map(({ id, depth: at }) => [id, at]))).toEqual(expected);
          const whole = naiveDepths(arrows, 'v0', 99, direction);
          expect(walked.truncated).toBe([...whole.keys()].some((id) => !expected.has(id)));
          const reversed = await traverse(['v0'], indexArrows([...arrows].reverse()).arrowsOf, { depth, direction });
          expect(reversed).toEqual(walked);
        },
      ),
    );
  });

  it('can be continued from its frontier until everything is seen', async () => {
    await fc.assert(
      fc.asyncProperty(graphs(kinds), fc.integer({ min: 1, max: 4 }), async (arrows, maxVertices) => {
        const { arrowsOf } = indexArrows(arrows);
        const seen = new Set<string>();
        let roots = ['v0'];
        for (let round = 0; round < 200 && roots.length > 0; round += 1) {
          const todo = [...roots];
          roots = [];
          for (const root of todo) {
            const { vertices, frontier, truncated } = await traverse([root], arrowsOf, {
              depth: 1,
              maxVertices: maxVertices + 11,
            });
            expect(truncated).toBe(frontier.length > 0);
            for (const { id } of vertices) seen.add(id);
            roots.push(...frontier.filter((id) => id !== root));
          }
          if (round > 12) break;
          roots = [...new Set(roots)];
        }
        expect(seen).toEqual(new Set(naiveDepths(arrows, 'v0', 99, 'BOTH').keys()));
      }),
      { numRuns: 30 },
    );
  });

  it('says exactly where the depth limit left something out', async () => {
    const arrows = [
      arrow('a', 'USES', 'b'),
      arrow('b', 'USES', 'c'),
      arrow('c', 'USES', 'a'),
      arrow('b', 'USES', 'd'),
      arrow('d', 'USES', 'e'),
    ];
    const walked = await traverse(['a'], indexArrows(arrows).arrowsOf, { direction: 'DEPENDENCIES', depth: 2 });
    expect(walked.vertices.map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd']);
    expect(walked).toMatchObject({ truncated: true, frontier: ['d'] });
    expect(walked.arrows).toHaveLength(4);
  });

  it('cuts by count and by fan-out, keeping the first in order', async () => {
    const star = Array.from({ length: 9 }, (_, n) => arrow('hub', 'USES', `s${n}`));
    const { arrowsOf } = indexArrows(star);
    const few = await traverse(['hub'], arrowsOf, { maxVertices: 4 });
    expect(few.vertices.map(({ id }) => id)).toEqual(['hub', 's0', 's1', 's2']);
    expect(few).toMatchObject({ truncated: true, frontier: ['hub'] });
    const narrow = await traverse(['hub'], arrowsOf, { maxFanOut: 2 });
    expect(narrow.vertices).toHaveLength(3);
    expect(await traverse(['hub'], arrowsOf, { maxVertices: 10 })).toMatchObject({ truncated: false, frontier: [] });
  });

  it('follows every neighbour of a hub while the number of vertices allows', async () => {
    const star = Array.from({ length: 450 }, (_, n) => arrow(`s${n}`, 'CONTAINED_IN', 'vpc'));
    const walked = await traverse(['vpc'], indexArrows(star).arrowsOf, { direction: 'DEPENDENTS', depth: 1 });
    expect(walked.vertices).toHaveLength(451);
    expect(walked.truncated).toBe(false);
  });

  it('counts a root beyond the limit as left out', async () => {
    const walked = await traverse(['a', 'b', 'c'], () => [], { maxVertices: 2 });
    expect(walked).toMatchObject({ vertices: [{ id: 'a' }, { id: 'b' }], truncated: true, frontier: ['c'] });
  });

  it('follows OBSERVED_AS without counting it as a step, below HIGH only where the arguments say so', async () => {
    const arrows = [arrow('host', 'OBSERVED_AS', 'ec2', 'MEDIUM'), arrow('ebs', 'ATTACHED_TO', 'ec2')];
    const { arrowsOf } = indexArrows(arrows);
    expect((await traverse(['host'], arrowsOf)).vertices).toEqual([{ id: 'host', depth: 0 }]);
    expect((await traverse(['host'], arrowsOf, { minConfidence: 'MEDIUM', depth: 1 })).vertices).toEqual([
      { id: 'ec2', depth: 0 },
      { id: 'host', depth: 0 },
      { id: 'ebs', depth: 1 },
    ]);
  });

  it('reads the arrows of each vertex once', async () => {
    const asked: string[] = [];
    const { arrowsOf } = indexArrows([
      arrow('a', 'USES', 'b'),
      arrow('b', 'USES', 'a'),
      arrow('a', 'OBSERVED_AS', 'c'),
    ]);
    const counted = async (vertex: string) => {
      asked.push(vertex);
      return arrowsOf(vertex);
    };
    await traverse(['a', 'a'], counted, { depth: 9 });
    expect(asked.sort()).toEqual(['a', 'b', 'c']);
  });
});
