import { PRIORITIES, type Priority } from '../scope.ts';

/** How urgent a call is. Callers who join or leave it may change that while it waits. */
export interface Urgency {
  operation: string;
  priority: Priority;
  deadlineAt: number;
  /** Told, whenever it is found out anew, when its turn can come at the earliest: who cannot wait that long may leave. */
  readonly onOutlook?: (servedAt: number) => void;
}

export interface Waiting {
  readonly urgency: Urgency;
}

/**
 * Who is next: by priority, then operations take turns, then first come. Urgencies may change while their entries wait, so
 * order is found when asked for.
 */
export class PriorityQueue<W extends Waiting> {
  readonly #waiting = new Set<W>();
  /** When an operation was served last, as a running number; forgotten when nothing of it waits. */
  readonly #servedAt = new Map<string, number>();
  #served = 0;

  get size(): number {
    return this.#waiting.size;
  }

  [Symbol.iterator](): IterableIterator<W> {
    return this.#waiting.values();
  }

  add(entry: W): void {
    this.#waiting.add(entry);
  }

  /** @returns false when it no longer waits. */
  remove(entry: W): boolean {
    const removed = this.#waiting.delete(entry);
    if (this.#waiting.size === 0) this.#servedAt.clear();
    return removed;
  }

  /** Removes an entry whose turn it is. */
  serve(entry: W): boolean {
    this.#served += 1;
    this.#servedAt.set(entry.urgency.operation, this.#served);
    return this.remove(entry);
  }

  /** The first of each operation, in the order in which they are to be served. */
  heads(): W[] {
    const heads = new Map<string, W>();
    for (const entry of this.#waiting) {
      const { priority, operation } = entry.urgency;
      const key = `${priority} ${operation}`;
      if (!heads.has(key)) heads.set(key, entry);
    }
    return [...heads.values()].sort((a, b) => rank(a) - rank(b) || this.#turn(a) - this.#turn(b));
  }

  /** How many would be served before a newcomer. */
  ahead({ priority, operation }: Urgency): number {
    const own = rankOf(priority);
    const sameRank = new Map<string, number>();
    let ahead = 0;
    for (const entry of this.#waiting) {
      if (rank(entry) < own) ahead += 1;
      else if (rank(entry) === own)
        sameRank.set(entry.urgency.operation, (sameRank.get(entry.urgency.operation) ?? 0) + 1);
    }
    const mine = sameRank.get(operation) ?? 0;
    for (const [other, waiting] of sameRank) ahead += other === operation ? mine : Math.min(waiting, mine + 1);
    return ahead;
  }

  /** The latest comer of the least urgent priority below `priority`. */
  leastUrgentBelow(priority: Priority): W | undefined {
    let found: W | undefined;
    for (const entry of this.#waiting) {
      if (rank(entry) > rankOf(priority) && (!found || rank(entry) >= rank(found))) found = entry;
    }
    return found;
  }

  #turn(entry: W): number {
    return this.#servedAt.get(entry.urgency.operation) ?? 0;
  }
}

const rankOf = (priority: Priority): number => PRIORITIES.indexOf(priority);
const rank = ({ urgency }: Waiting): number => rankOf(urgency.priority);
