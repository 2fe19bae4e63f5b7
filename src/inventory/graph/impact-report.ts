import type { Confidence } from '#entities/dependency/model.ts';
import type { ImpactEffect } from './relations.ts';

export interface ImpactOptions {
  /** Steps from the subject to the farthest needer. @default 2 */
  readonly depth?: number;
  /** @default 500 */
  readonly maxVertices?: number;
  /** The most needers followed from one vertex. @default as many as there are */
  readonly maxFanOut?: number;
  /** Arrows with a lower confidence are ignored. @default LOW, and HIGH for OBSERVED_AS */
  readonly minConfidence?: Confidence;
}

export interface ImpactedVertex {
  readonly id: string;
  /** The strongest effect that any path has; a path has the effect of its weakest step. */
  readonly effect: ImpactEffect;
  /** Steps of the path; OBSERVED_AS is not counted. */
  readonly distance: number;
  /** From the subject to this vertex. */
  readonly path: readonly string[];
  /** The lowest confidence of the path's arrows. */
  readonly confidence: Confidence;
  /** What is not known about the path and may change the effect. */
  readonly notes: readonly string[];
}

export interface ImpactReport {
  /** Worst effect first, then by distance and id. Contains neither the subject nor anything that is the same thing. */
  readonly impacted: readonly ImpactedVertex[];
  readonly truncated: boolean;
  /** Vertices with needers that a limit left out; sorted. */
  readonly frontier: readonly string[];
}
