import type { Arrow } from '../arrow.ts';

/** The part of a graph that is exported: vertices with a label for people, and the arrows between them. */
export interface Drawing {
  readonly vertices: readonly DrawnVertex[];
  /** Arrows to vertices that are not listed are left out. */
  readonly arrows: readonly Arrow[];
}

export interface DrawnVertex {
  readonly id: string;
  readonly label: string;
  /** `ec2`, `Host`, `vpc`, … */
  readonly kind: string;
}

export type GraphFormat = 'MERMAID' | 'DOT' | 'CYTOSCAPE' | 'GRAPHML';

/** Short ids (`v0`, `v1`, …) that are valid in every format: the graph's own ids contain characters that most formats reserve. */
export function shortIds(vertices: readonly DrawnVertex[]): ReadonlyMap<string, string> {
  return new Map(vertices.map(({ id }, index) => [id, `v${index}`]));
}

export interface DrawnArrow extends Arrow {
  readonly fromShort: string;
  readonly toShort: string;
}

export const drawnArrows = (drawing: Drawing, shorts: ReadonlyMap<string, string>): readonly DrawnArrow[] =>
  drawing.arrows.flatMap((arrow) => {
    const fromShort = shorts.get(arrow.from);
    const toShort = shorts.get(arrow.to);
    return fromShort && toShort ? [{ ...arrow, fromShort, toShort }] : [];
  });

/** Line ends and other control characters become spaces: labels are one line. Lone surrogates become U+FFFD. */
export const oneLine = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is being removed
  text.toWellFormed().replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufffe\uffff]+/g, ' ');
