import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Clock, systemClock, waitFor } from '#sources/transport/clock.ts';

/**
 * How often files are looked at. By looking, not by notices of the system: those do not come from every file system, and name what was
 * replaced, where mounts of Kubernetes and editors put another file in its place.
 */
const LOOK_MS = 250;

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
  const closed = new AbortController();
  let { known } = read;
  let seen = known;
  const look = async (): Promise<void> => {
    const now = await stateOfFiles(paths());
    if (now !== known && now === seen) {
      const before = [...paths()].join('\n');
      onChange();
      // Others may be named now.
      known = [...paths()].join('\n') === before ? now : await stateOfFiles(paths());
    }
    seen = now;
  };
  const keepLooking = async (): Promise<void> => {
    for (;;) {
      await waitFor(clock, LOOK_MS, closed.signal);
      if (closed.signal.aborted) return;
      await look();
    }
  };
  void keepLooking();
  return { close: () => closed.abort() };
};

/** Another text after each change of any of them. */
export const stateOfFiles = async (paths: Iterable<string>): Promise<string> =>
  (await Promise.all([...paths].map(stateOfPath))).join('\n');

const stateOfPath = async (path: string): Promise<string> => {
  try {
    const entry = await stat(path, { bigint: true });
    const own = [path, entry.dev, entry.ino, entry.size, entry.mtimeNs, entry.ctimeNs].join(' ');
    if (!entry.isDirectory()) return own;
    const names = await readdir(path);
    return `${own}\n${await stateOfFiles(names.toSorted().map((name) => join(path, name)))}`;
  } catch {
    return `${path} is not there`;
  }
};
