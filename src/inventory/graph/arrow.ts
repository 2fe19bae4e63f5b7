import { CONFIDENCES, type Confidence, type DependencyKind } from '#entities/dependency/model.ts';
import { type Relation, relationOfKind } from './relations.ts';

/** One relation between two vertices, in the direction its upstream reports it. Vertices are opaque, unique texts. */
export interface Arrow {
  readonly from: string;
  readonly to: string;
  readonly kind: DependencyKind;
  /** The upstream's own word. */
  readonly relationship: string | null;
  readonly confidence: Confidence;
  /** What the arrow means. @default the plain meaning of its kind */
  readonly relation?: Relation;
}

export const relationOfArrow = (arrow: Arrow): Relation => arrow.relation ?? relationOfKind(arrow.kind);

/** Every arrow at a vertex, leaving and arriving. May be asked for a vertex it does not know: then there are none. */
export type ArrowsOf = (vertex: string) => readonly Arrow[] | Promise<readonly Arrow[]>;

/** The same over what is in memory. */
export type ArrowsOfSync = (vertex: string) => readonly Arrow[];

export const isAtLeast = (confidence: Confidence, least: Confidence): boolean =>
  CONFIDENCES.indexOf(confidence) <= CONFIDENCES.indexOf(least);

export const weaker = (a: Confidence, b: Confidence): Confidence => (isAtLeast(a, b) ? b : a);

/** One order for arrows everywhere, so that limits always cut the same ones; of repeated arrows the surest comes first. */
export function compareArrows(a: Arrow, b: Arrow): number {
  return (
    compareText(a.from, b.from) ||
    compareText(a.to, b.to) ||
    compareText(a.kind, b.kind) ||
    compareText(a.relationship ?? '', b.relationship ?? '') ||
    CONFIDENCES.indexOf(a.confidence) - CONFIDENCES.indexOf(b.confidence)
  );
}

export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export const arrowKey = ({ from, to, kind, relationship }: Arrow): string =>
  JSON.stringify([from, to, kind, relationship]);
