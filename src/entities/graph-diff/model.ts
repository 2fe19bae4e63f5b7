import type { FieldChangeModel } from '#entities/change/model.ts';
import type { DependencyTargetModel } from '#entities/dependency/model.ts';
import type { GraphArrowModel } from '#entities/graph/model.ts';

export const DIFFERENCES = ['ADDED', 'REMOVED', 'CHANGED', 'UNKNOWN'] as const;
export type Difference = (typeof DIFFERENCES)[number];

/** A vertex that is not alike at both moments. */
export interface VertexDifferenceModel {
  /** Global id. */
  readonly id: string;
  readonly difference: Difference;
  /** What it was called last. */
  readonly title: string;
  /** What relations call it, where it is in no inventory. */
  readonly target: DependencyTargetModel | null;
  /** Properties that differ; empty unless CHANGED. */
  readonly fields: readonly FieldChangeModel[];
}

export interface ArrowDifferenceModel {
  readonly difference: Difference;
  /** As it was last. */
  readonly arrow: GraphArrowModel;
}

export interface DifferencesModel {
  readonly vertices: readonly VertexDifferenceModel[];
  readonly arrows: readonly ArrowDifferenceModel[];
  readonly truncated: boolean;
  readonly frontier: readonly string[];
}
