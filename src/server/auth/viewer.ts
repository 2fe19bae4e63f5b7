import type { Secret } from '#lib/secret.ts';

/** The caller of a request, identified before the operation is parsed. */
export interface Viewer {
  /** Names the caller in logs and limits; no secret. */
  readonly id: string;
  readonly tenant: string | null;
  /** Names of the sources that exist for this viewer; null: all. */
  readonly sources: readonly string[] | null;
  /** The caller's own upstream keys by source name; only in mode `passthrough`. */
  readonly credentials: ReadonlyMap<string, Secret> | null;
  /** Epoch milliseconds at which the credential expires and everything sent to the viewer ends; left out: never. */
  readonly expiresAt?: number;
}
