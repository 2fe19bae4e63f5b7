import { toError } from '#lib/gateway-error.ts';
import { getOrMake } from '#lib/get-or-make.ts';
import { inShortTurns } from '#lib/turns.ts';
import { type Clock, systemClock } from '#sources/transport/clock.ts';
import type { CorrelationConfig } from '../correlation/correlation-input.ts';
import { type DerivedTables, derivedTables, NO_TABLES_BETWEEN, type TablesBetween } from '../derived.ts';
import type { Inventory } from '../inventory.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { Derivation } from './derivation.ts';
import { type DerivationThread, openDerivationThread } from './derivation-worker.ts';
import type { DeriveAnswer, DeriveRequest, Part, SourceNews } from './messages.ts';
import { newsOf } from './news.ts';

export interface DeriverOptions {
  readonly rules?: Partial<CorrelationConfig>;
  readonly onFailure?: (error: Error) => void;
  readonly clock?: Clock;
  /** An inventory of fewer records is derived on the thread that answers, which takes it a few milliseconds. @default 5000 */
  readonly threadFrom?: number;
  readonly open?: () => DerivationThread;
}

const THREAD_FROM = 5000;
/** After a thread failed, none is opened for so long. */
const REST_MS = 10_000;

/** Thrown where there is no former derivation to answer with. */
export class DerivationError extends Error {
  override readonly name = 'DerivationError';
}

/** What a derivation was sent, and what it answered, by source. */
class Sent {
  readonly snapshots = new Map<string, Snapshot>();
  readonly #parts = new Map<string, Map<string, Part>>();
  #between: TablesBetween = NO_TABLES_BETWEEN;

  *newsOf(inventory: Inventory, rules: Partial<CorrelationConfig>): Iterable<SourceNews | null> {
    for (const snapshot of [...inventory.cloud, ...inventory.network]) {
      const former = this.snapshots.get(snapshot.source) ?? null;
      if (former !== snapshot) yield* newsOf(former, snapshot, rules);
      this.snapshots.set(snapshot.source, snapshot);
    }
  }

  tables(inventory: Inventory, answer: DeriveAnswer): DerivedTables {
    for (const { source, changed } of answer.sources) {
      const parts = getOrMake(this.#parts, source, () => new Map());
      for (const [name, part] of changed) {
        if (part) parts.set(name, { ...parts.get(name), ...part });
        else parts.delete(name);
      }
    }
    const parts = [...inventory.cloud, ...inventory.network].flatMap(({ source }) => [
      ...(this.#parts.get(source)?.values() ?? []),
    ]);
    const { correlation, arrows = this.#between.arrows } = answer;
    this.#between = { correlation: { ...this.#between.correlation, ...correlation }, arrows };
    return derivedTables(inventory, parts, this.#between);
  }
}

/** Derives what follows from inventories: of a large one in a thread of its own, which is sent only what changed. */
export class Deriver {
  readonly #options: DeriverOptions;
  #here: { readonly derivation: Derivation; readonly sent: Sent } | null = null;
  #thread: { readonly thread: DerivationThread; readonly sent: Sent } | null = null;
  #lastJob: Promise<unknown> = Promise.resolve();
  #restsUntil = Number.NEGATIVE_INFINITY;
  #isClosed = false;

  constructor(options: DeriverOptions = {}) {
    this.#options = options;
  }

  /** Whether it is derived at once. */
  isSmall({ cloud, network }: Inventory): boolean {
    const sizes = [...cloud.map(({ resources }) => resources.size), ...network.map(({ hosts }) => hosts.size)];
    return sizes.reduce((sum, size) => sum + size, 0) < (this.#options.threadFrom ?? THREAD_FROM);
  }

  deriveHere(inventory: Inventory): DerivedTables {
    const { derivation, sent } = this.#here ?? { derivation: new Derivation(), sent: new Sent() };
    // Kept only once it has answered: one that failed half-way is sent everything anew.
    this.#here = null;
    for (const news of sent.newsOf(inventory, this.rules)) if (news) derivation.take(news);
    const answer = derivation.take(this.#requestFor(inventory));
    if (!answer) throw new DerivationError('Expected a derivation to answer, got nothing.');
    this.#here = { derivation, sent };
    return sent.tables(inventory, answer);
  }

  /** One after the other. @throws DerivationError when the thread failed twice, or did a moment ago. */
  derive(inventory: Inventory): Promise<DerivedTables> {
    const job = this.#lastJob.then(() => this.#attempt(inventory).catch(() => this.#attempt(inventory)));
    this.#lastJob = job.catch(() => {
      if (!this.#isResting) this.#restsUntil = this.#now() + REST_MS;
    });
    return job;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#thread?.thread.close();
  }

  async #attempt(inventory: Inventory): Promise<DerivedTables> {
    if (this.#isClosed || this.#isResting)
      throw new DerivationError('Expected a thread for derivations, got none: the last ones failed.');
    try {
      this.#thread ??= { thread: (this.#options.open ?? openDerivationThread)(), sent: new Sent() };
      const { thread, sent } = this.#thread;
      const turn = inShortTurns();
      for (const news of sent.newsOf(inventory, this.rules)) {
        if (news) thread.send(news);
        const pause = turn();
        if (pause) await pause;
      }
      return sent.tables(inventory, await thread.derive(this.#requestFor(inventory)));
    } catch (thrown) {
      // What it was sent is lost with it: the next one is sent everything.
      void this.#thread?.thread.close();
      this.#thread = null;
      if (!this.#isClosed) this.#options.onFailure?.(toError(thrown));
      throw new DerivationError('Expected the thread for derivations to answer, got its end.', { cause: thrown });
    }
  }

  /** Of the correlation. */
  get rules(): Partial<CorrelationConfig> {
    return this.#options.rules ?? {};
  }

  #requestFor({ cloud, network, gaps }: Inventory): DeriveRequest {
    const sources = [...cloud, ...network].map(({ source }) => ({ source, complete: !gaps.includes(source) }));
    return { kind: 'DERIVE', sources, rules: this.rules };
  }

  get #isResting(): boolean {
    return this.#now() < this.#restsUntil;
  }

  #now(): number {
    return (this.#options.clock ?? systemClock).now();
  }
}
