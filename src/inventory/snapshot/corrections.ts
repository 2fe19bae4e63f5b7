import type { Picture } from './picture.ts';

/** What was learned of a source's rows apart from the builds of its index. */
export interface Corrections<P extends Picture> {
  /** The picture with what was learned since the last time; itself where nothing differs. */
  apply(picture: P): P;
  /**
   * The same for a picture that was just built, with everything learned since the build before: the build may have begun earlier.
   * Then all of it is forgotten.
   */
  settle(picture: P): P;
}
