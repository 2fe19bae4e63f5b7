import { CONFIDENCES, type Confidence, type DependencyKind } from '#entities/dependency/model.ts';
import { compareText } from '#lib/compare.ts';
import { getOrMake } from '#lib/get-or-make.ts';
import { encodeGlobalId, type RecordRef, refKey } from '#lib/record-ref.ts';
import { type Relation, relationOfKind } from './relations.ts';

/** One relation between two vertices, in the direction in which the upstream reports it. A vertex is an opaque, unique text. */
export interface Arrow {
  readonly from: string;
  readonly to: string;
  readonly kind: DependencyKind;
  /** The upstream's own name for the relation. */
  readonly relationship: string | null;
  readonly confidence: Confidence;
  /** What the arrow means. @default the plain meaning of its kind */
  readonly relation?: Relation;
}

export const relationOfArrow = (arrow: Arrow): Relation => arrow.relation ?? relationOfKind(arrow.kind);

/** Every outgoing and incoming arrow of a vertex; none for a vertex that is not known. */
export type ArrowsOf = (vertex: string) => readonly Arrow[] | Promise<readonly Arrow[]>;

/** The same where all arrows are in memory. */
export type ArrowsOfSync = (vertex: string) => readonly Arrow[];

export const isAtLeast = (confidence: Confidence, least: Confidence): boolean =>
  CONFIDENCES.indexOf(confidence) <= CONFIDENCES.indexOf(least);

export const weaker = (a: Confidence, b: Confidence): Confidence => (isAtLeast(a, b) ? b : a);

/** The one order of arrows, so that a limit always leaves out the same ones. Of repeated arrows the one with the highest confidence comes first. */
export function compareArrows(a: Arrow, b: Arrow): number {
  return (
    compareText(a.from, b.from) ||
    compareText(a.to, b.to) ||
    compareText(a.kind, b.kind) ||
    compareText(a.relationship ?? '', b.relationship ?? '') ||
    CONFIDENCES.indexOf(a.confidence) - CONFIDENCES.indexOf(b.confidence)
  );
}

export const areSameArrows = (some: readonly Arrow[] | undefined, others: readonly Arrow[]): boolean =>
  some?.length === others.length &&
  some.every((arrow, i) => {
    const other = others[i];
    return other !== undefined && compareArrows(arrow, other) === 0 && arrow.relation === other.relation;
  });

export const arrowKey = ({ from, to, kind, relationship }: Arrow): string =>
  JSON.stringify([from, to, kind, relationship]);

/** Makes the global id of each record once. Ids are long and every edge has two, so equal ones must be one text in memory. */
export class Vertices {
  readonly #known = new Map<string, string>();

  of(record: RecordRef): string {
    return getOrMake(this.#known, refKey(record), () => encodeGlobalId(record));
  }
}
