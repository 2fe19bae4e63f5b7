import type { PictureVertex } from './picture.ts';

/** Where each colour comes from. */
const SOURCES = {
  resource: 'var(--cloud)',
  host: 'var(--network)',
  service: 'color-mix(in srgb, var(--network) 70%, var(--surface))',
  outside: 'color-mix(in srgb, var(--quiet) 75%, var(--surface))',
  critical: 'var(--critical)',
  high: 'var(--high)',
  medium: 'var(--medium)',
  low: 'var(--low)',
  trivial: 'var(--trivial)',
  unknown: 'var(--trivial)',
  breaks: 'var(--bad)',
  degrades: 'var(--warning)',
  orphans: 'var(--low)',
  blinds: 'var(--trivial)',
  appeared: 'var(--good)',
  gone: 'var(--bad)',
  changed: 'var(--warning)',
  unsure: 'var(--trivial)',
  arrow: 'color-mix(in srgb, var(--line-strong) 65%, var(--surface))',
  strong: 'var(--accent)',
  text: 'var(--text)',
  surface: 'var(--surface)',
} as const;

/** Colours of the picture, as `tokens.css` has them in the theme of the moment. */
export type Palette = Readonly<Record<keyof typeof SOURCES, string>>;

/** Reads them from a probe, and paints them once, because a style may give a colour in a notation that only browsers read. */
export const readPalette = (): Palette => {
  const probe = document.body.appendChild(document.createElement('span'));
  const canvas = Object.assign(document.createElement('canvas'), { width: 1, height: 1 }).getContext('2d', {
    willReadFrequently: true,
  });
  const entries = Object.entries(SOURCES).map(([name, source]) => {
    probe.style.color = source;
    return [name, painted(canvas, getComputedStyle(probe).color)];
  });
  probe.remove();
  return Object.fromEntries(entries) as Palette;
};

const painted = (canvas: CanvasRenderingContext2D | null, color: string): string => {
  if (!canvas) return color;
  canvas.fillStyle = color;
  canvas.fillRect(0, 0, 1, 1);
  const [red, green, blue] = canvas.getImageData(0, 0, 1, 1).data;
  return `rgb(${red}, ${green}, ${blue})`;
};

export const toneColor = (palette: Palette, { tone }: PictureVertex): string | null =>
  tone && palette[tone.word.toLowerCase() as Lowercase<typeof tone.word>];
