import type { PictureVertex } from './picture.ts';

const NAMES = [
  'resource',
  'host',
  'service',
  'outside',
  'critical',
  'high',
  'medium',
  'low',
  'trivial',
  'unknown',
  'breaks',
  'degrades',
  'orphans',
  'blinds',
  'arrow',
  'strong',
  'text',
  'surface',
] as const;

type ColorName = (typeof NAMES)[number];

/** Colours of the picture as the style sheet has them in the theme of the moment. */
export type Palette = Readonly<Record<ColorName, string>>;

/** Reads `--picture-…` of an element. A probe resolves them, because a custom property itself stays as it was written. */
export const readPalette = (element: HTMLElement): Palette => {
  const probe = document.createElement('span');
  element.append(probe);
  const palette = Object.fromEntries(
    NAMES.map((name) => {
      probe.style.color = `var(--picture-${name})`;
      return [name, getComputedStyle(probe).color];
    }),
  ) as Record<ColorName, string>;
  probe.remove();
  return palette;
};

export const toneColor = (palette: Palette, { tone }: PictureVertex): string | null =>
  tone && palette[tone.word.toLowerCase() as Lowercase<typeof tone.word>];
