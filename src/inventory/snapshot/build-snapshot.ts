import type { Clock } from '#sources/transport/clock.ts';
import { Ledger, type Scope } from '#sources/transport/scope.ts';
import type { Snapshot } from './snapshot.ts';

export interface BuildInput<P extends Snapshot> {
  /** The last complete snapshot, to be brought up to date. */
  readonly former: P | null;
  /** What another credential of the same source has read last; left out once there is a snapshot of this one. */
  readonly other?: P | null;
  readonly progress: Progress;
  readonly signal: AbortSignal;
  readonly clock: Clock;
  /** Publishes what is there when all records are read but edges are still coming. */
  readonly show: (snapshot: P) => void;
}

/** Reads one source into a snapshot, with leftover budget only; `former` itself where it still holds. Throws what the client throws; the index tries again later. */
export type BuildSnapshot<P extends Snapshot> = (input: BuildInput<P>) => Promise<P>;

/** How far a build has come, in upstream calls. */
export class Progress {
  #planned = 0;
  #done = 0;

  plan(calls: number): void {
    this.#planned += calls;
  }

  did(): void {
    this.#done++;
  }

  /** 0–1; 0 while nothing is planned. */
  get share(): number {
    return this.#planned === 0 ? 0 : Math.min(1, this.#done / this.#planned);
  }
}

/** Longest wait for leftover budget of one call of the index. */
const MAX_WAIT_MS = 10 * 60_000;

let builds = 0;

/** Scopes of one build, which only leftover budget serves. Within a build, answers may be shared; never with an earlier one. */
export const indexScopes = (
  source: string,
  { signal, clock }: Pick<BuildInput<never>, 'signal' | 'clock'>,
  bypassCache: boolean,
): (() => Scope) => {
  builds += 1;
  const operation = `index:${source}:${builds}`;
  return () => ({
    operation,
    priority: 'index',
    deadlineAt: clock.now() + MAX_WAIT_MS,
    signal,
    bypassCache,
    ledger: new Ledger(),
  });
};
