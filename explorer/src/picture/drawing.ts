import { DirectedGraph } from 'graphology';
import type { AbstractGraph } from 'graphology-types';
import { type Palette, toneColor } from './palette.ts';
import type { Picture, PictureArrow, PictureVertex, Positions } from './picture.ts';

/** What sigma reads of a vertex. */
export interface DrawnVertex {
  x: number;
  y: number;
  size: number;
  color: string;
  core: string;
  hole: string;
  shape: string;
  label: string;
  labelColor: string;
  labelVisibility: 'auto' | 'visible';
}

export interface DrawnArrow {
  color: string;
  size: number;
}

export type Drawing = AbstractGraph<DrawnVertex, DrawnArrow>;

const SHAPES = { resource: 'circle', host: 'square', service: 'diamond', outside: 'circle' } as const;
const CLEAR = 'rgba(0, 0, 0, 0)';
const LONGEST_LABEL = 26;

export const shortLabel = (label: string): string =>
  label.length > LONGEST_LABEL ? `${label.slice(0, LONGEST_LABEL - 1)}…` : label;

/** From here on, vertices and arrows are small, and arrows faint. */
const MANY = 1500;

const faint = (color: string): string => color.replace(/^rgb\((.*)\)$/, 'rgba($1, 0.4)');

/** Vertices of a full picture are smaller, so that they do not hide each other. */
const sizeOf = ({ isRoot, shape, tone }: PictureVertex, count: number): number => {
  const base = count > MANY ? 3 : count > 300 ? 5 : 9;
  return base * (isRoot ? 1.6 : 1) * (shape === 'outside' ? 0.75 : 1) * (tone ? 1.35 : 1);
};

const drawnVertex = (vertex: PictureVertex, palette: Palette, count: number): Omit<DrawnVertex, 'x' | 'y'> => {
  const own = palette[vertex.shape];
  const ring = toneColor(palette, vertex);
  return {
    size: sizeOf(vertex, count),
    color: ring ?? own,
    core: ring ? own : CLEAR,
    hole: vertex.hasMore ? palette.surface : CLEAR,
    shape: SHAPES[vertex.shape],
    label: shortLabel(vertex.label),
    labelColor: palette.text,
    labelVisibility: vertex.isRoot ? 'visible' : 'auto',
  };
};

const drawnArrow = ({ isStrong }: PictureArrow, palette: Palette, count: number): DrawnArrow => ({
  color: isStrong ? palette.strong : count > MANY ? faint(palette.arrow) : palette.arrow,
  size: isStrong ? 3 : count > MANY ? 0.6 : 1.4,
});

/** The picture as sigma takes it. */
export const drawingOf = ({ vertices, arrows }: Picture, palette: Palette, positions: Positions): Drawing => {
  const drawing: Drawing = new DirectedGraph<DrawnVertex, DrawnArrow>();
  for (const vertex of vertices) {
    const place = positions.get(vertex.id) ?? { x: 0, y: 0 };
    drawing.addNode(vertex.id, { ...place, ...drawnVertex(vertex, palette, vertices.length) });
  }
  for (const arrow of arrows)
    if (arrow.from !== arrow.to && drawing.hasNode(arrow.from) && drawing.hasNode(arrow.to))
      drawing.addEdge(arrow.from, arrow.to, drawnArrow(arrow, palette, vertices.length));
  return drawing;
};
