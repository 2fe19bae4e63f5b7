import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Clock, systemClock } from '#sources/transport/clock.ts';

/**
 * How often files are looked at. By looking, not by notices of the system: those do not come from every file system, and name what was
 * replaced, where mounts of Kubernetes and editors put another file in its place.
 */
const LOOK_MS = 100;

export interface FileWatch {
  /** Of files and folders, as they are at each look. */
  readonly paths: () => Iterable<string>;
  /** As they were when they were read. */
  readonly known: string;
  /** Something is different, and was the same at two looks: whoever writes it has finished. */
  readonly onChange: () => void;
  readonly clock?: Clock;
}

/** Looks at files until it is closed. */
export const watchFiles = ({ paths, onChange, clock = systemClock, ...read }: FileWatch): { close(): void } => {
  let { known } = read;
  let seen = known;
  const look = (): void => {
    const now = stateOfFiles(paths());
    if (now !== known && now === seen) {
      const before = [...paths()].join('\n');
      onChange();
      // Others may be named now.
      known = [...paths()].join('\n') === before ? now : stateOfFiles(paths());
    }
    seen = now;
    callOff = clock.after(LOOK_MS, look);
  };
  let callOff = clock.after(LOOK_MS, look);
  return { close: () => callOff() };
};

/**
 * Another text after each change of any of them. Microseconds a file on the thread that answers: the threads for files are those that
 * compress answers, so that a key that was taken away would be good for longer the more is asked.
 */
export const stateOfFiles = (paths: Iterable<string>): string => [...paths].map(stateOfPath).join('\n');

const stateOfPath = (path: string): string => {
  try {
    const entry = statSync(path, { bigint: true });
    const own = [path, entry.dev, entry.ino, entry.size, entry.mtimeNs, entry.ctimeNs].join(' ');
    if (!entry.isDirectory()) return own;
    return `${own}\n${stateOfFiles(readdirSync(path).map((name) => join(path, name)))}`;
  } catch {
    return `${path} is not there`;
  }
};
