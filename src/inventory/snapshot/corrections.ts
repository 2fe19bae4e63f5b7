import type { Snapshot } from './snapshot.ts';

/** What was learned of a source's rows apart from the builds of its index. */
export interface Corrections<P extends Snapshot> {
  /** The snapshot with what was learned since the last time; itself where nothing differs. */
  apply(snapshot: P): P;
  /**
   * The same for a snapshot that was just built, with everything learned since the build before: the build may have begun earlier.
   * Then all of it is forgotten.
   */
  settle(snapshot: P): P;
}
