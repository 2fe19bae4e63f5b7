import { PRIORITIES, type Priority } from '../scope.ts';

/** How urgent a call is. Callers who join or leave it may change that while it waits. */
export interface Urgency {
  operation: string;
  priority: Priority;
  deadlineAt: number;
  /** Called with the earliest time at which its turn can come, whenever that is computed anew: who cannot wait that long may leave. */
  readonly onOutlook?: (servedAt: number) => void;
}

/** A call that waits to be given a `P`. */
export interface Entry<P> {
  readonly urgency: Urgency;
  readonly enteredAt: number;
  readonly admit: (permit: P) => void;
  readonly refuse: (error: unknown) => void;
}

/**
 * Who is next: by priority, then operations take turns, then first come. Urgencies may change while their entries wait, so
 * order is found when asked for.
 */
export class PriorityQueue<P> {
  readonly #waiting = new Set<Entry<P>>();
  /** When an operation was served last, as a running number; forgotten when nothing of it waits. */
  readonly #servedAt = new Map<string, number>();
  #served = 0;

  get size(): number {
    return this.#waiting.size;
  }

  [Symbol.iterator](): IterableIterator<Entry<P>> {
    return this.#waiting.values();
  }

  /** Waits until the entry is admitted or refused. @throws what it is refused with; the signal's reason, when it aborts. */
  wait(urgency: Urgency, enteredAt: number, signal: AbortSignal): Promise<P> {
    return new Promise((resolve, reject) => {
      const onAbort = () => leave(() => reject(signal.reason));
      const leave = (then: () => void) => {
        signal.removeEventListener('abort', onAbort);
        this.#remove(entry);
        then();
      };
      const entry: Entry<P> = {
        urgency,
        enteredAt,
        admit: (permit) => leave(() => resolve(permit)),
        refuse: (error) => leave(() => reject(error)),
      };
      signal.addEventListener('abort', onAbort, { once: true });
      this.#waiting.add(entry);
    });
  }

  /** Removes an entry whose turn it is. @returns false when it no longer waits. */
  serve(entry: Entry<P>): boolean {
    this.#served += 1;
    this.#servedAt.set(entry.urgency.operation, this.#served);
    return this.#remove(entry);
  }

  /** The first of each operation, in the order in which they are to be served. */
  heads(): Entry<P>[] {
    const heads = new Map<string, Entry<P>>();
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
  leastUrgentBelow(priority: Priority): Entry<P> | undefined {
    let found: Entry<P> | undefined;
    for (const entry of this.#waiting) {
      if (rank(entry) > rankOf(priority) && (!found || rank(entry) >= rank(found))) found = entry;
    }
    return found;
  }

  #remove(entry: Entry<P>): boolean {
    const removed = this.#waiting.delete(entry);
    if (this.#waiting.size === 0) this.#servedAt.clear();
    return removed;
  }

  #turn(entry: Entry<P>): number {
    return this.#servedAt.get(entry.urgency.operation) ?? 0;
  }
}

const rankOf = (priority: Priority): number => PRIORITIES.indexOf(priority);
const rank = ({ urgency }: Pick<Entry<never>, 'urgency'>): number => rankOf(urgency.priority);
