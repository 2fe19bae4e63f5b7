import { type Clock, systemClock } from '#sources/transport/clock.ts';
import type { NotedFiles } from './noted-files.ts';

/**
 * How often files are looked at. By looking, not by notices of the system: those do not come from every file system, and name what was
 * replaced, where mounts of Kubernetes and editors put another file in its place.
 */
const LOOK_MS = 100;

export interface FileWatch {
  /** Those that were read last. */
  readonly files: () => NotedFiles;
  /** To read them anew. Something is different, and was the same at two looks: whoever writes it has finished. */
  readonly onChange: () => void;
  readonly clock?: Clock;
}

/** Looks at files until it is closed. */
export const watchFiles = ({ files, onChange, clock = systemClock }: FileWatch): { close(): void } => {
  let seen = files().before;
  const look = (): void => {
    const now = files().now();
    if (now !== files().before && now === seen) onChange();
    seen = now;
    callOff = clock.after(LOOK_MS, look);
  };
  let callOff = clock.after(LOOK_MS, look);
  return { close: () => callOff() };
};
