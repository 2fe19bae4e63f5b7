import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Files and folders, each with the state in which it was before it was read: what is written from then on is a change. */
export class NotedFiles {
  readonly #states = new Map<string, string>();

  /** To be called before it is read. */
  add(path: string): void {
    if (!this.#states.has(path)) this.#states.set(path, stateOfPath(path));
  }

  get paths(): readonly string[] {
    return [...this.#states.keys()];
  }

  /** Another text after each change of any of them. */
  get before(): string {
    return [...this.#states.values()].join('\n');
  }

  /** The same of this moment. */
  now(): string {
    return this.paths.map(stateOfPath).join('\n');
  }
}

/**
 * Microseconds a file on the thread that answers: the threads for files are those that compress answers, so that a key that was taken
 * away would be good for longer the more is asked.
 */
const stateOfPath = (path: string): string => {
  try {
    const entry = statSync(path, { bigint: true });
    const own = [path, entry.dev, entry.ino, entry.size, entry.mtimeNs, entry.ctimeNs].join(' ');
    if (!entry.isDirectory()) return own;
    return [own, ...readdirSync(path).map((name) => stateOfPath(join(path, name)))].join('\n');
  } catch {
    return `${path} is not there`;
  }
};
