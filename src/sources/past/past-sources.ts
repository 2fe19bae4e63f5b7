import { LRUCache } from 'lru-cache';
import type { PastReading } from '#history/history-store.ts';
import { snapshotOfRows } from '#history/snapshot-of-rows.ts';
import type { SourceHistory } from '#history/source-history.ts';
import type { Deriver } from '#inventory/derivation/deriver.ts';
import { oldestReadingOf } from '#inventory/snapshot/is-current.ts';
import type { Snapshot } from '#inventory/snapshot/snapshot.ts';
import { GatewayError } from '#lib/gateway-error.ts';
import { getOrMake } from '#lib/get-or-make.ts';
import { numberOf } from '#lib/number-of.ts';
import { type PastAnswer, type PastOfSources, type Source, SourceSet } from '../source-set.ts';
import { type KeptMoment, KeptMoments, type Rebuilt } from './kept-moments.ts';
import { notReadYet } from './not-kept.ts';
import { pastSource, unreadSource } from './past-source.ts';

/** Records of all kept moments together. */
const MOST_RECORDS = 300_000;

const MOST_TIMES = 1000;

interface KnownMoment {
  readonly revision: number;
  readonly key: string;
  readonly isFinal: boolean;
}

const EVER = Number.MAX_SAFE_INTEGER;

interface Wanted {
  readonly sources: readonly Source[];
  readonly history: SourceHistory;
  /** The last one of each source before the moment, by name. */
  readonly readings: ReadonlyMap<string, PastReading>;
  /** By name, where some source has none. */
  readonly earliest: ReadonlyMap<string, number>;
}

const NONE_UNREAD: Wanted['earliest'] = new Map();

/**
 * Rebuilds what sources held at a moment. All moments between two readings are one, which is kept for the next question; questions
 * that come meanwhile wait for it, and only one is rebuilt at a time.
 */
export class PastSources implements PastOfSources {
  readonly #deriver: Deriver;
  /** By sources, as they were opened, and readings. */
  readonly #kept: KeptMoments;
  /** By time and sources: which of them answers, as long as nothing is added to the history. */
  readonly #known = new LRUCache<string, KnownMoment>({ max: MOST_TIMES });
  readonly #underWay = new Map<string, Promise<KeptMoment>>();
  #lastJob: Promise<unknown> = Promise.resolve();

  /** @param deriver of its own, or answers about now would wait for those about then */
  constructor(deriver: Deriver, mostRecords = MOST_RECORDS) {
    this.#deriver = deriver;
    this.#kept = new KeptMoments(mostRecords);
  }

  async at(sources: readonly Source[], history: SourceHistory, time: number): Promise<PastAnswer> {
    const name = JSON.stringify([time, sources.map(numberOf)]);
    const revision = history.revision();
    const known = this.#known.get(name);
    const held = known?.revision === revision ? this.#kept.get(known.key) : undefined;
    if (known && held) return { moment: held.moment, isFinal: known.isFinal };
    const [readings, newest] = await Promise.all([history.lastReadings(time), history.lastReadings(EVER)]);
    const earliest = readings.size < sources.length ? await history.earliest() : NONE_UNREAD;
    if (readings.size === 0) throw notKnownYet(time, earliest);
    const shown = sources.map((source) => [numberOf(source), readings.get(source.name)?.at ?? null]);
    const key = JSON.stringify([shown, [...earliest]]);
    const kept = this.#kept.get(key) ?? (await this.#rebuildOnce(key, { sources, history, readings, earliest }));
    this.#kept.keep(key, kept);
    const isFinal = sources.every((source) => (newest.get(source.name)?.at ?? 0) > time);
    this.#known.set(name, { revision, key, isFinal });
    return { moment: kept.moment, isFinal };
  }

  #rebuildOnce(key: string, wanted: Wanted): Promise<KeptMoment> {
    return getOrMake(this.#underWay, key, () => {
      const job = this.#lastJob.then(() => this.#rebuild(wanted));
      this.#lastJob = job.catch(() => {});
      return job.finally(() => this.#underWay.delete(key));
    });
  }

  async #rebuild({ sources, history, readings, earliest }: Wanted): Promise<KeptMoment> {
    const rebuilt = new Map<string, Rebuilt>();
    const past: Source[] = [];
    for (const source of sources) {
      const known = await this.#reading(source, history, readings.get(source.name));
      if (known) rebuilt.set(keyOf(source, known.reading), known);
      past.push(known ? pastSource(source, known.snapshot) : unreadSource(source, notReadYet(source.name, earliest)));
    }
    const shown = [...rebuilt.values()];
    const end = Math.max(...shown.map(({ reading }) => reading.at));
    const moment = {
      sources: new SourceSet(past, this.#deriver, history.until(end)),
      readings: shown.map(({ reading }) => reading),
      readAt: Math.min(...shown.map(({ snapshot }) => oldestIn(snapshot))),
    };
    return { moment, rebuilt };
  }

  /** Another moment, or another viewer's, may have the same reading. */
  async #reading(source: Source, history: SourceHistory, last: PastReading | undefined): Promise<Rebuilt | null> {
    if (!last) return null;
    const known = this.#kept.reading(keyOf(source, last));
    if (known) return known;
    const state = await history.at(source.name, last.at);
    const snapshot = state && (await snapshotOfRows(state));
    if (!snapshot) return null;
    const { about: _, ...reading } = state.reading;
    return { reading: { ...reading, parts: state.parts }, snapshot };
  }
}

/** Readings of a source are of different moments. */
const keyOf = ({ identity }: Source, { at }: Pick<PastReading, 'at'>): string => `${identity} ${at}`;

/** Epoch milliseconds: when that was read of it that was read first. */
const oldestIn = (snapshot: Snapshot): number =>
  snapshot.side === 'CLOUD'
    ? Math.min(Date.parse(oldestReadingOf(snapshot)), Date.parse(snapshot.findingsReadAt))
    : Date.parse(snapshot.readAt);

const notKnownYet = (time: number, earliest: ReadonlyMap<string, number>): GatewayError => {
  const first = Math.min(...earliest.values());
  if (!Number.isFinite(first))
    return new GatewayError(
      'HISTORY_UNAVAILABLE',
      'Expected a reading in the history, got none: nothing is kept yet.',
      {
        reason: 'NOT_READ_YET',
      },
    );
  const known = new Date(first).toISOString();
  return new GatewayError(
    'HISTORY_UNAVAILABLE',
    `Expected a time from ${known} on, the earliest of which something is known, got ${new Date(time).toISOString()}.`,
    { reason: 'NOT_READ_YET', earliest: known },
  );
};
