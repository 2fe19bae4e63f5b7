import { shortLabel } from './drawing.ts';
import { type Palette, toneColor } from './palette.ts';
import type { Picture, PictureVertex, Point, Positions } from './picture.ts';

const MARGIN = 70;
const RADIUS = 9;
/** Square pixels for each vertex, so that labels have room. */
const ROOM = 30_000;
/** Pixels between vertices that stand in one line. */
const STEP = 200;
const LONGEST_SIDE = 12_000;

export interface SvgPicture {
  readonly text: string;
  readonly width: number;
  readonly height: number;
}

/** The picture as it is arranged now, for a document. Presentation attributes only: it needs no style sheet and no script. */
export const svgOf = (picture: Picture, positions: Positions, palette: Palette): SvgPicture => {
  const { place, width, height } = frameOf(picture, positions);
  const arrows = picture.arrows.flatMap((arrow) => {
    const [from, to] = [place(arrow.from), place(arrow.to)];
    return from && to && arrow.from !== arrow.to
      ? [lineOf(from, to, arrow.isStrong ? palette.strong : palette.arrow, arrow.isStrong)]
      : [];
  });
  const vertices = picture.vertices.flatMap((vertex) => {
    const point = place(vertex.id);
    return point ? [vertexOf(vertex, point, palette)] : [];
  });
  const text = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="system-ui, sans-serif" font-size="12">`,
    `<rect width="100%" height="100%" fill="${palette.surface}"/>`,
    ...arrows,
    ...vertices,
    '</svg>',
  ].join('\n');
  return { text, width, height };
};

const frameOf = ({ vertices }: Picture, positions: Positions) => {
  const points = vertices.flatMap(({ id }) => positions.get(id) ?? []);
  const [left, right] = ends(points.map(({ x }) => x));
  const [bottom, top] = ends(points.map(({ y }) => y));
  const area = Math.max(right - left, 1) * Math.max(top - bottom, 1);
  const longest = Math.max(right - left, top - bottom, 1);
  const scale = Math.min(
    Math.sqrt((ROOM * vertices.length) / area),
    (STEP * vertices.length) / longest,
    (LONGEST_SIDE - 2 * MARGIN) / longest,
  );
  return {
    width: Math.round((right - left) * scale) + 2 * MARGIN,
    height: Math.round((top - bottom) * scale) + 2 * MARGIN,
    place: (id: string): Point | null => {
      const point = positions.get(id);
      return point ? { x: round((point.x - left) * scale + MARGIN), y: round((top - point.y) * scale + MARGIN) } : null;
    },
  };
};

const ends = (values: readonly number[]): readonly [number, number] =>
  values.reduce(([least, most], value) => [Math.min(least, value), Math.max(most, value)], [
    values[0] ?? 0,
    values[0] ?? 0,
  ] as readonly [number, number]);

const round = (value: number): number => Math.round(value * 10) / 10;

const lineOf = (from: Point, to: Point, color: string, isStrong: boolean): string => {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const [dx, dy] = [(to.x - from.x) / length, (to.y - from.y) / length];
  const tip = { x: to.x - dx * (RADIUS + 7), y: to.y - dy * (RADIUS + 7) };
  const base = { x: tip.x - dx * 7, y: tip.y - dy * 7 };
  const corner = (side: number) => `${round(base.x - side * dy * 3.5)},${round(base.y + side * dx * 3.5)}`;
  return `<g fill="${color}" stroke="${color}"><line x1="${from.x}" y1="${from.y}" x2="${round(base.x)}" y2="${round(base.y)}" stroke-width="${isStrong ? 2.5 : 1.2}"/><polygon stroke="none" points="${round(tip.x)},${round(tip.y)} ${corner(1)} ${corner(-1)}"/></g>`;
};

const vertexOf = (vertex: PictureVertex, { x, y }: Point, palette: Palette): string => {
  const own = palette[vertex.shape];
  const fill = vertex.hasMore ? palette.surface : own;
  const ring = toneColor(palette, vertex);
  const shape = shapeOf(vertex, x, y, RADIUS, `fill="${fill}" stroke="${own}" stroke-width="2.5"`);
  const around = ring ? shapeOf(vertex, x, y, RADIUS + 4, `fill="none" stroke="${ring}" stroke-width="2.5"`) : '';
  return `<g><title>${escaped(`${vertex.label} (${vertex.kind})`)}</title>${around}${shape}<text x="${x}" y="${y + RADIUS + 17}" text-anchor="middle" fill="${palette.text}">${escaped(shortLabel(vertex.label))}</text></g>`;
};

const shapeOf = ({ shape }: PictureVertex, x: number, y: number, r: number, look: string): string => {
  if (shape === 'host') return `<rect x="${x - r}" y="${y - r}" width="${2 * r}" height="${2 * r}" rx="3" ${look}/>`;
  if (shape === 'service') return `<polygon points="${x},${y - r} ${x + r},${y} ${x},${y + r} ${x - r},${y}" ${look}/>`;
  return `<circle cx="${x}" cy="${y}" r="${shape === 'outside' ? r * 0.75 : r}" ${look}/>`;
};

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Characters that XML forbids become spaces. */
const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign).replace(/\p{Cc}|[\uFFFE\uFFFF]/gu, ' ');
