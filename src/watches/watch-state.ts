import { randomUUID } from 'node:crypto';
import { appendFile, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { identityOf, type Watch } from './watch.ts';

const row = z.object({ id: z.string(), title: z.string().nullable(), digest: z.string() });

const memory = z.object({
  /** Of the watch; of another one nothing is comparable. */
  identity: z.string(),
  answer: z.object({ rows: z.array(row), count: z.number(), rest: z.string(), holds: z.boolean() }).nullable(),
  /** Epoch milliseconds. */
  lastRunAt: z.number().nullable(),
  lastFiredAt: z.number().nullable(),
  /** Code of the error with which the last run ended; null when it went well. */
  lastFailure: z.string().nullable(),
});

const delivery = z.object({
  /** The same at every attempt: receivers know by it what they have had. */
  id: z.string(),
  watch: z.string(),
  /** Stands for the address. */
  target: z.string(),
  body: z.string(),
  firedAt: z.number(),
  attempts: z.number(),
  nextAttemptAt: z.number(),
});

const FORMAT = 1;
const state = z.object({
  format: z.literal(FORMAT),
  watches: z.record(z.string(), memory),
  deliveries: z.array(delivery),
});

export type WatchMemory = Readonly<z.infer<typeof memory>>;
export type Delivery = Readonly<z.infer<typeof delivery>>;

export interface WatchStateData {
  /** By name. */
  readonly watches: Readonly<Record<string, WatchMemory>>;
  /** What is to be delivered, oldest first. */
  readonly deliveries: readonly Delivery[];
}

/** An event that nobody took. */
export interface DeadLetter {
  readonly id: string;
  readonly watch: string;
  readonly host: string | null;
  readonly failure: string;
  readonly attempts: number;
  readonly firedAt: string;
  readonly diedAt: string;
  readonly body: string;
}

const NOTHING: WatchMemory = { identity: '', answer: null, lastRunAt: null, lastFiredAt: null, lastFailure: null };
const EMPTY: WatchStateData = { watches: {}, deliveries: [] };

/**
 * What was told, and what is still to be delivered, in one file: that something is told, and that it is remembered as told, is one step.
 * Without a directory it ends with the process.
 */
export class WatchState {
  readonly #directory: string | null;
  #data = EMPTY;
  #last: Promise<void> = Promise.resolve();

  constructor(directory: string | null) {
    this.#directory = directory;
  }

  get data(): WatchStateData {
    return this.#data;
  }

  /** Nothing of a watch that asked something else under this name. */
  memoryOf(watch: Watch): WatchMemory {
    const known = this.#data.watches[watch.name];
    return known?.identity === identityOf(watch) ? known : { ...NOTHING, identity: identityOf(watch) };
  }

  /**
   * @returns false when the file holds no such state: then it is as if nothing had been told.
   * @throws Error when there is a file that cannot be read: what is in it must not be written over.
   */
  async load(): Promise<boolean> {
    if (this.#directory === null) return true;
    const text = await readFile(join(this.#directory, STATE_FILE), 'utf8').catch(ifThere);
    if (text === null) return true;
    const read = state.safeParse(jsonIn(text));
    if (read.success) this.#data = read.data;
    return read.success;
  }

  /** One change after the other. A change that cannot be kept is not made. */
  change(make: (data: WatchStateData) => WatchStateData): Promise<void> {
    const done = this.#last.then(async () => {
      const next = make(this.#data);
      if (next === this.#data) return;
      await this.#save(next);
      this.#data = next;
    });
    this.#last = done.catch(() => {});
    return done;
  }

  /** Changes of one watch. */
  remember(name: string, memory: WatchMemory, deliveries: readonly Delivery[] = []): Promise<void> {
    return this.change((data) => ({
      watches: { ...data.watches, [name]: memory },
      deliveries: [...data.deliveries, ...deliveries],
    }));
  }

  async addDeadLetters(letters: readonly DeadLetter[]): Promise<void> {
    if (this.#directory === null || letters.length === 0) return;
    await mkdir(this.#directory, { recursive: true });
    const lines = letters.map((letter) => `${JSON.stringify(letter)}\n`);
    await appendFile(join(this.#directory, DEAD_LETTERS_FILE), lines.join(''), { mode: 0o600, flush: true });
  }

  /** Atomic: a crash leaves the former file. */
  async #save(data: WatchStateData): Promise<void> {
    if (this.#directory === null) return;
    await mkdir(this.#directory, { recursive: true });
    const path = join(this.#directory, STATE_FILE);
    const draft = `${path}.${randomUUID()}`;
    try {
      await writeFile(draft, JSON.stringify({ format: FORMAT, ...data }), { mode: 0o600, flush: true });
      await rename(draft, path);
    } finally {
      await rm(draft, { force: true });
    }
  }
}

const STATE_FILE = 'watches.json';
const DEAD_LETTERS_FILE = 'watches-dead-letters.jsonl';

const ifThere = (error: NodeJS.ErrnoException): null => {
  if (error.code === 'ENOENT') return null;
  throw error;
};

const jsonIn = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};
