import { createWorld } from '#demo/world/world.ts';
import { encodeGlobalId } from '#lib/record-ref.ts';

/** One world at one instant, whatever serves it and whenever. */
export const NOW = Date.UTC(2026, 2, 1, 12);
const world = createWorld({ seed: 7, now: NOW });
export const { network } = world;

export const VERSIONS = ['0.14.13', '0.16.0', '0.17.12', '0.17.22'] as const;
export type Version = (typeof VERSIONS)[number];

export const server = (version: string) => ({ version, world: network, clock: () => NOW });

export const idOf = (type: string, id: string, source = 'scanopy'): string => encodeGlobalId({ type, source, id });

/** @throws when the demo world lacks what a test is about */
export const first = <T>(rows: readonly T[], what: (row: T) => boolean): T => {
  const row = rows.find(what);
  if (row === undefined) throw new Error('The demo world has no such row.');
  return row;
};
