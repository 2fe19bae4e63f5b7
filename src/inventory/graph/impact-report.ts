import type { Confidence } from '#entities/dependency/model.ts';
import type { ImpactEffect } from './relations.ts';

export interface ImpactOptions {
  /** Steps from the subject to the farthest needer. @default 2 */
  readonly depth?: number;
  /** @default 500 */
  readonly maxVertices?: number;
  /** Needers followed from one vertex. @default as many as there are */
  readonly maxFanOut?: number;
  /** Arrows below are not there. @default LOW, and OBSERVED_AS only from HIGH upwards */
  readonly minConfidence?: Confidence;
}

export interface ImpactedVertex {
  readonly id: string;
  /** By the path that does the most harm: as strong as its weakest link. */
  readonly effect: ImpactEffect;
  /** Steps of the path; crossing OBSERVED_AS is none. */
  readonly distance: number;
  /** From the subject to this vertex. */
  readonly path: readonly string[];
  /** Of the path's least sure arrow. */
  readonly confidence: Confidence;
  /** What the inventories leave open about the path. */
  readonly notes: readonly string[];
}

export interface ImpactReport {
  /** Worst effect first, then by distance and id. Never holds the subject, nor what is the same thing as the subject. */
  readonly impacted: readonly ImpactedVertex[];
  readonly truncated: boolean;
  /** Vertices with needers that a limit left out; sorted. */
  readonly frontier: readonly string[];
}
