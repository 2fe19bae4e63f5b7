import type { AssetRef, Confidence, DependencyKind, DependencyTargetModel } from '#entities/dependency/model.ts';
import type { ImpactEffect } from '#inventory/graph/relations.ts';

/** One vertex of an answer: an asset, or something only its relations name. */
export interface GraphVertexModel {
  /** Global id; of a placeholder too, so that it can be a root again. */
  readonly id: string;
  readonly asset: AssetRef | null;
  readonly target: DependencyTargetModel | null;
  readonly depth: number;
}

export interface GraphArrowModel {
  readonly from: string;
  readonly to: string;
  readonly kind: DependencyKind;
  readonly relationship: string | null;
  readonly confidence: Confidence;
}

export interface GraphModel {
  readonly vertices: readonly GraphVertexModel[];
  readonly arrows: readonly GraphArrowModel[];
  readonly truncated: boolean;
  readonly frontier: readonly string[];
}

export interface ImpactedAssetModel {
  readonly asset: AssetRef;
  readonly effect: ImpactEffect;
  readonly distance: number;
  readonly path: readonly string[];
  readonly confidence: Confidence;
  readonly notes: readonly string[];
}

export interface ImpactModel {
  readonly subject: AssetRef;
  readonly impacted: readonly ImpactedAssetModel[];
  readonly truncated: boolean;
}

export interface PathModel {
  readonly vertices: readonly GraphVertexModel[];
  readonly arrows: readonly GraphArrowModel[];
}
