import { changesSoFar } from '#lib/change-count.ts';
import type { Repeatable } from './forward.ts';
import type { Lease, LeaseReport } from './lease.ts';

interface Kept extends Repeatable {
  readonly lease: Lease;
  readonly seconds: number[];
}

/** With more than this, no further lease is asked for until some have ended. */
const MOST_KEPT = 2000;

/** Answers that may be repeated, by the request that they answer. */
export class Repeater {
  readonly #changes: Int32Array;
  readonly #kept = new Map<string, Kept>();
  #ended: LeaseReport[] = [];

  constructor(changes: Int32Array) {
    this.#changes = changes;
  }

  get hasRoom(): boolean {
    return this.#kept.size < MOST_KEPT;
  }

  /** @param answer null: it did not arrive, and the lease ends unused */
  keep(request: string, lease: Lease, answer: Repeatable | null): void {
    if (!answer) return void this.#ended.push({ id: lease.id, seconds: [] });
    this.#end(request);
    this.#kept.set(request, { ...answer, lease, seconds: [] });
  }

  /** @returns null where the main thread is to be asked. Otherwise the answer has been counted. */
  find(request: string, startedAt: number): Repeatable | null {
    const kept = this.#kept.get(request);
    if (!kept) return null;
    if (!this.#holds(kept)) {
      this.#end(request);
      return null;
    }
    kept.seconds.push((performance.now() - startedAt) / 1000);
    return kept;
  }

  /** What has ended since the last call. */
  takeEnded(): readonly LeaseReport[] {
    for (const [request, kept] of this.#kept) if (!this.#holds(kept)) this.#end(request);
    const ended = this.#ended;
    this.#ended = [];
    return ended;
  }

  #holds({ lease: { changes, until, operations }, seconds }: Kept): boolean {
    return seconds.length < operations && Date.now() < until && changesSoFar(this.#changes) === changes;
  }

  #end(request: string): void {
    const kept = this.#kept.get(request);
    if (!kept) return;
    this.#kept.delete(request);
    this.#ended.push({ id: kept.lease.id, seconds: kept.seconds });
  }
}
