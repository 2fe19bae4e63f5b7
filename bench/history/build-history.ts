import { readingOf, rowsOfSnapshot } from '#history/rows-of-snapshot.ts';
import { identitiesOf, type KeptHistory } from './kept-history.ts';
import { madeYear } from './made-year.ts';

export interface BuildOptions {
  readonly resources: number;
  readonly days: number;
  readonly end: number;
  /** Only so many of the first ones. */
  readonly readings: number;
}

/** Adds the readings that are not there yet. @returns how long each of them took, in ms */
export const buildHistory = async (
  { store, config, name }: KeptHistory,
  { resources, days, end, readings }: BuildOptions,
): Promise<readonly number[]> => {
  const identities = identitiesOf(config);
  const took: number[] = [];
  let left = readings;
  for (const { at, cloud, network } of madeYear(resources, days, end)) {
    if (left-- === 0) break;
    const started = performance.now();
    let isNew = true;
    for (const snapshot of [cloud, network]) {
      const reading = readingOf(snapshot, identities.get(snapshot.source) ?? '', at);
      isNew = (await store.append(reading, rowsOfSnapshot(snapshot))) && isNew;
    }
    if (isNew) took.push(performance.now() - started);
    if (isNew && took.length % 10 === 1)
      console.log(`${name}: ${new Date(at).toISOString().slice(0, 10)}, ${Math.round(took.at(-1) ?? 0)} ms`);
  }
  return took;
};
