import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import type { HistoryStore } from '#history/history-store.ts';
import { readingOf, rowsOfSnapshot } from '#history/rows-of-snapshot.ts';
import { SourceHistory } from '#history/source-history.ts';
import { Deriver } from '#inventory/derivation/deriver.ts';
import type { Snapshot } from '#inventory/snapshot/snapshot.ts';
import { PastSources } from '#sources/past/past-sources.ts';
import type { Source } from '#sources/source-set.ts';
import type { Harness } from '../../support/harness.ts';
import { openTestHistory } from '../../support/history/open-test-history.ts';
import { startIndexed } from '../../support/indexed-gateway.ts';

const HOUR = 3_600_000;

let harness: Harness;
beforeAll(async () => {
  harness = await startIndexed({ scanorbit: [{ movingScans: false }], scanopy: [{}] });
});
afterAll(() => harness.close());

/** Three readings of two sources, an hour apart, and how often the store was asked for all rows of one. */
const startWithReadings = async () => {
  const { store, close } = await openTestHistory();
  onTestFinished(close);
  const { all: sources, inventory } = harness.gateway.sources.all;
  const { cloud, network } = inventory.read();
  const begin = Date.parse(cloud[0]?.readAt ?? '');
  const at = (hours: number) => begin + hours * HOUR;
  const later = (snapshot: Snapshot, hours: number): Snapshot => {
    const readAt = new Date(at(hours)).toISOString();
    return snapshot.side === 'CLOUD' ? { ...snapshot, readAt, findingsReadAt: readAt } : { ...snapshot, readAt };
  };
  for (const hours of [1, 2, 3])
    for (const snapshot of [...cloud, ...network]) {
      const { identity = '' } = sources.find(({ name }) => name === snapshot.source) ?? {};
      const reading = later(snapshot, hours);
      await store.append(readingOf(reading, identity, 0), rowsOfSnapshot(reading));
    }
  let [rebuilt, asked] = [0, 0];
  const counting: HistoryStore = {
    ...store,
    at: (...given) => {
      rebuilt += 1;
      return store.at(...given);
    },
    readings: (...given) => {
      asked += 1;
      return store.readings(...given);
    },
  };
  const historyOf = (of: readonly Source[]) => new SourceHistory(counting, of);
  const count = async (work: () => Promise<unknown>): Promise<number> => {
    const before = rebuilt;
    await work();
    return rebuilt - before;
  };
  const questions = () => asked;
  const add = async (hours: number) => {
    const [snapshot] = cloud;
    const { identity = '' } = sources.find(({ side }) => side === 'CLOUD') ?? {};
    if (!snapshot) throw new Error('Expected a snapshot.');
    await store.append(readingOf(later(snapshot, hours), identity, 0), rowsOfSnapshot(snapshot));
  };
  return { sources, at, historyOf, count, questions, add };
};

it('moments between the same readings are one, which is rebuilt once however many ask for it at a time', async () => {
  const { sources, at, historyOf, count } = await startWithReadings();
  const past = new PastSources(new Deriver());
  const ask = (hours: number) => past.at(sources, historyOf(sources), at(hours));
  const asked = await Promise.all([count(() => Promise.all([ask(1), ask(1.2), ask(1.9)])), ask(1.5)]);
  expect(asked[0]).toBe(2);
  expect(await count(() => ask(1.7))).toBe(0);
  expect((await ask(1)).moment).toBe((await ask(1.99)).moment);
  expect((await ask(2)).moment).not.toBe((await ask(1)).moment);
});

it('those who see fewer sources share what is rebuilt of each, and have a set of their own', async () => {
  const { sources, at, historyOf, count } = await startWithReadings();
  const past = new PastSources(new Deriver());
  const { moment } = await past.at(sources, historyOf(sources), at(1));
  const fewer = sources.filter(({ side }) => side === 'NETWORK');
  expect(await count(() => past.at(fewer, historyOf(fewer), at(1)))).toBe(0);
  const own = (await past.at(fewer, historyOf(fewer), at(1))).moment;
  expect(own.sources.all.map(({ name }) => name)).toEqual(['scanopy']);
  expect(own.sources.all[0]?.index?.snapshot()).toBe(moment.sources.all[1]?.index?.snapshot());
});

it('moments are kept up to a number of records, and the one asked for last however large it is', async () => {
  const { sources, at, historyOf, count } = await startWithReadings();
  const past = new PastSources(new Deriver(), 1);
  const ask = (hours: number) => past.at(sources, historyOf(sources), at(hours));
  expect(await count(() => ask(1))).toBe(2);
  expect(await count(() => ask(1.5))).toBe(0);
  expect(await count(() => ask(2))).toBe(2);
  expect(await count(() => ask(1))).toBe(2);
});

it('a reading that several moments have counts for each of them: what follows from it is computed for each', async () => {
  const { sources, at, historyOf, add } = await startWithReadings();
  const { cloud, network } = harness.gateway.sources.all.inventory.read();
  const [ofCloud, ofNetwork] = [
    (cloud[0]?.resources.size ?? 0) + (cloud[0]?.findings.size ?? 0),
    network[0]?.hosts.size ?? 0,
  ];
  const past = new PastSources(new Deriver(), 2 * ofCloud + ofNetwork);
  const ask = async (hours: number) => (await past.at(sources, historyOf(sources), at(hours))).moment;
  for (const hours of [4, 5]) await add(hours);
  const first = await ask(4);
  expect(await ask(4)).toBe(first);
  await ask(5);
  expect(await ask(4)).not.toBe(first);
});

it('the same time asked again asks the store nothing until something is added, and then finds what was', async () => {
  const { sources, at, historyOf, questions, add } = await startWithReadings();
  const past = new PastSources(new Deriver());
  const ask = () => past.at(sources, historyOf(sources), at(5));
  const { moment } = await ask();
  const before = questions();
  expect((await ask()).moment).toBe(moment);
  expect(questions()).toBe(before);
  await add(4);
  const later = (await ask()).moment;
  expect(later.readings.map((reading) => reading.at)).toEqual([at(4), at(3)]);
});

it('a moment is final once every source was read later', async () => {
  const { sources, at, historyOf } = await startWithReadings();
  const past = new PastSources(new Deriver());
  const isFinal = async (hours: number) => (await past.at(sources, historyOf(sources), at(hours))).isFinal;
  expect([await isFinal(1), await isFinal(2.9), await isFinal(3), await isFinal(9)]).toEqual([
    true,
    true,
    false,
    false,
  ]);
});
