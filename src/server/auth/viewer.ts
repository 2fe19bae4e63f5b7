import type { Secret } from '#lib/secret.ts';

/** Who asks, decided before anything of the operation is looked at. */
export interface Viewer {
  /** Names the caller in logs and limits; no secret. */
  readonly id: string;
  readonly tenant: string | null;
  /** Names of the sources that exist for this viewer; null: all. */
  readonly sources: readonly string[] | null;
  /** The caller's own upstream keys by source name; only in mode `passthrough`. */
  readonly credentials: ReadonlyMap<string, Secret> | null;
  /** Epoch milliseconds after which the viewer may hear nothing more; left out: never. */
  readonly expiresAt?: number;
}
