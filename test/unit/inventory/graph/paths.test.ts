import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Arrow } from '#inventory/graph/arrow.ts';
import { indexArrows } from '#inventory/graph/arrow-table.ts';
import { paths } from '#inventory/graph/paths.ts';
import { arrow, graphs } from './arrows.ts';

/** Every simple path, by trying everything. */
function allPaths(arrows: readonly Arrow[], from: string, to: string, maxDepth: number): string[] {
  const found: string[] = [];
  const walk = (path: string[]): void => {
    const at = path.at(-1) ?? '';
    if (at === to) found.push(path.join(' '));
    else if (path.length <= maxDepth)
      for (const next of neighborsOf(arrows, at)) if (!path.includes(next)) walk([...path, next]);
  };
  walk([from]);
  return found.sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
}

const neighborsOf = (arrows: readonly Arrow[], at: string): Set<string> =>
  new Set(arrows.flatMap(({ from, to }) => (from === at ? [to] : to === at ? [from] : [])));

describe('paths', () => {
  it('are all simple paths, shortest first, on random graphs with cycles', async () => {
    await fc.assert(
      fc.asyncProperty(graphs(['USES']), fc.integer({ min: 1, max: 4 }), async (arrows, maxDepth) => {
        const found = await paths('v0', 'v1', indexArrows(arrows).arrowsOf, { maxDepth, limit: 10_000 });
        expect(found.map(({ vertices }) => vertices.join(' '))).toEqual(allPaths(arrows, 'v0', 'v1', maxDepth));
        for (const { vertices, arrows: steps } of found) expect(steps).toHaveLength(vertices.length - 1);
      }),
    );
  });

  it('stop at the limit with the shortest', async () => {
    const arrows = ['a', 'b', 'c'].flatMap((via) => [arrow('x', 'USES', via), arrow(via, 'USES', 'y')]);
    const found = await paths('x', 'y', indexArrows([...arrows, arrow('x', 'USES', 'y')]).arrowsOf, { limit: 2 });
    expect(found.map(({ vertices }) => vertices)).toEqual([
      ['x', 'y'],
      ['x', 'a', 'y'],
    ]);
  });

  it('do not exist from a vertex to itself or to one that is out of reach', async () => {
    const { arrowsOf } = indexArrows([arrow('x', 'USES', 'x'), arrow('y', 'USES', 'z')]);
    expect(await paths('x', 'x', arrowsOf)).toEqual([]);
    expect(await paths('x', 'z', arrowsOf)).toEqual([]);
  });

  it('show the arrow with the highest confidence of parallel ones', async () => {
    const arrows = [
      arrow('x', 'CALLS', 'y', 'LOW'),
      arrow('x', 'USES', 'y', 'HIGH'),
      arrow('y', 'RUNS_ON', 'x', 'MEDIUM'),
    ];
    const [only, ...others] = await paths('x', 'y', indexArrows(arrows).arrowsOf);
    expect(only?.arrows.map(({ kind }) => kind)).toEqual(['USES']);
    expect(others).toEqual([]);
  });
});
