import ELK from 'elkjs/lib/elk-api.js';
import elkWorkerUrl from 'elkjs/lib/elk-worker.min.js?url';
import { shortLabel } from './drawing.ts';
import type { ForceResult, ForceTask } from './force-worker.ts';
import type { Arrangement, Picture, Point, Positions } from './picture.ts';

/** Shows positions as they get better. */
export type OnPositions = (positions: Positions, isLast: boolean) => void;

export interface ArrangeOptions {
  readonly by: Arrangement;
  readonly from: Positions;
  /** There is no room for labels beside each other. */
  readonly isNarrow: boolean;
}

/** Computes in a worker, so that the page stays responsive. @returns how to stop that */
export const arrange = (picture: Picture, options: ArrangeOptions, onPositions: OnPositions): (() => void) =>
  options.by === 'layers'
    ? arrangeInLayers(picture, options.isNarrow, onPositions)
    : arrangeByForces(picture, options.from, onPositions);

const LAYERS = {
  'elk.algorithm': 'layered',
  'elk.direction': 'RIGHT',
  'elk.spacing.nodeNode': '26',
  'elk.layered.spacing.nodeNodeBetweenLayers': '60',
  'elk.layered.nodePlacement.strategy': 'BRANDES_KOEPF',
};
/** Room for a vertex and its label below. */
const HEIGHT = 44;
const LETTER = 7;

const arrangeInLayers = ({ vertices, arrows }: Picture, isNarrow: boolean, onPositions: OnPositions): (() => void) => {
  const elk = new ELK({ workerFactory: () => new Worker(elkWorkerUrl) });
  let isWanted = true;
  const width = isNarrow ? HEIGHT : Math.max(HEIGHT, ...vertices.map(({ label }) => LETTER * shortLabel(label).length));
  const children = vertices.map(({ id }) => ({ id, width, height: HEIGHT }));
  const edges = arrows.map(({ from, to, isAgainst }, i) => ({
    id: String(i),
    sources: [isAgainst ? to : from],
    targets: [isAgainst ? from : to],
  }));
  void elk.layout({ id: 'picture', layoutOptions: LAYERS, children, edges }).then(({ children = [] }) => {
    elk.terminateWorker();
    if (!isWanted) return;
    const placed = children.map(({ id, x = 0, y = 0 }): [string, Point] => [id, { x, y: -y }]);
    onPositions(new Map(placed), true);
  });
  return () => {
    isWanted = false;
    elk.terminateWorker();
  };
};

const arrangeByForces = ({ vertices, arrows }: Picture, from: Positions, onPositions: OnPositions): (() => void) => {
  const worker = new Worker(new URL('./force-worker.ts', import.meta.url), { type: 'module' });
  const numbers = new Map(vertices.map(({ id }, i) => [id, i]));
  const place = (axis: 'x' | 'y') => Float32Array.from(vertices, ({ id }) => from.get(id)?.[axis] ?? 0);
  const ends = arrows.flatMap(({ from, to }) => {
    const [start, end] = [numbers.get(from), numbers.get(to)];
    return start === undefined || end === undefined || start === end ? [] : [start, end];
  });
  worker.onmessage = ({ data: { x, y, isLast } }: MessageEvent<ForceResult>): void => {
    if (isLast) worker.terminate();
    onPositions(new Map(vertices.map(({ id }, i) => [id, { x: x[i] ?? 0, y: y[i] ?? 0 }])), isLast);
  };
  const task: ForceTask = { x: place('x'), y: place('y'), ends: Uint32Array.from(ends) };
  worker.postMessage(task);
  return () => worker.terminate();
};
