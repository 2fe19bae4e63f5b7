import { UndirectedGraph } from 'graphology';
import forceAtlas2 from 'graphology-layout-forceatlas2';
import noverlap from 'graphology-layout-noverlap';

/** Vertices by their number; `ends` holds pairs of numbers. */
export interface ForceTask {
  readonly x: Float32Array;
  readonly y: Float32Array;
  readonly ends: Uint32Array;
}

export interface ForceResult {
  readonly x: Float32Array;
  readonly y: Float32Array;
  readonly isLast: boolean;
}

const ITERATIONS = 300;
const ITERATIONS_A_RESULT = 50;
/** Larger graphs take their shape sooner, and each iteration takes longer. */
const LARGE = 2000;
/** Keeping vertices apart is for pictures that one can read whole. */
const MOST_APART = 1000;

const respond = (x: Float32Array, y: Float32Array, isLast: boolean): void => {
  const result: ForceResult = { x: x.slice(), y: y.slice(), isLast };
  self.postMessage(result);
};

type Places = UndirectedGraph<{ x: number; y: number; size: number }>;

const spread = (values: Float32Array): number => Math.max(...values) - Math.min(...values);

/** A vertex takes this share of a picture as large as a window. */
const SHARE = 1 / 75;

const keepApart = (graph: Places, side: number): void => {
  const size = side * SHARE;
  graph.updateEachNodeAttributes((_, place) => ({ ...place, size }));
  noverlap.assign(graph, { maxIterations: 120, settings: { margin: size / 3, ratio: 1, expansion: 1.1 } });
};

self.onmessage = ({ data }: MessageEvent<ForceTask>): void => {
  const { x, y, ends } = data;
  const graph: Places = new UndirectedGraph();
  for (let i = 0; i < x.length; i++) graph.addNode(i, { x: x[i] ?? 0, y: y[i] ?? 0, size: 1 });
  for (let i = 0; i < ends.length; i += 2) graph.mergeEdge(ends[i], ends[i + 1]);
  const settings = { ...forceAtlas2.inferSettings(graph), barnesHutOptimize: graph.order > 500 };
  const read = (): void =>
    graph.forEachNode((id, place) => {
      x[Number(id)] = place.x;
      y[Number(id)] = place.y;
    });
  const iterations = graph.order > LARGE ? ITERATIONS / 2 : ITERATIONS;
  for (let done = 0; done < iterations; done += ITERATIONS_A_RESULT) {
    forceAtlas2.assign(graph, { iterations: ITERATIONS_A_RESULT, settings });
    read();
    respond(x, y, false);
  }
  if (graph.order <= MOST_APART) {
    keepApart(graph, Math.max(spread(x), spread(y)));
    read();
  }
  respond(x, y, true);
};
