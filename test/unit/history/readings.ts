import type { HistoryRows, HistorySource, PastRow, PastState, Reading, ReadingPart } from '#history/history-store.ts';

export const ACME: HistorySource = { name: 'cloud', identity: 'acme' };
export const GLOBEX: HistorySource = { name: 'other', identity: 'globex' };

/** A reading of the account `a`, and of the relations of the resources that have some. */
export const readingAt = (at: number, { parts = [part('a'), part('*relations')], ...over }: Over = {}): Reading => ({
  source: ACME,
  id: `reading-${at}`,
  at,
  endedAt: at + 1,
  isComplete: true,
  about: '{}',
  parts: parts.map((of) => ({ readAt: at, isWhole: true, ...of })),
  ...over,
});

type Over = Partial<Omit<Reading, 'parts'>> & { readonly parts?: readonly PartOver[] };
type PartOver = Partial<ReadingPart> & Pick<ReadingPart, 'name'>;

/** Read whole, and with the reading that it is a part of, unless said otherwise. */
export const part = (name: string, over: Partial<ReadingPart> = {}): PartOver => ({ name, ...over });

/** Resources with these fields, by id; `sightings` are those that move with every scan. */
export const resources = (
  byId: Readonly<Record<string, object>>,
  of = 'a',
  sightings: Readonly<Record<string, object>> = {},
): HistoryRows => ({
  type: 'Resource',
  rows: Object.entries(byId).map(([id, value]) => {
    const sighting = sightings[id] ? JSON.stringify(sightings[id]) : null;
    return { id, part: of, owner: null, value: JSON.stringify(value), sighting };
  }),
});

/** Relations of one resource, by id. */
export const edgesOf = (owner: string, byId: Readonly<Record<string, object>>): HistoryRows => ({
  type: 'Edge',
  owners: [owner],
  rows: Object.entries(byId).map(([id, value]) => ({
    ...{ id: `${owner} ${id}`, part: '*relations', owner, value: JSON.stringify(value), sighting: null },
  })),
});

/** Of a moment of which nothing is known, none. */
export const rowsOf = async (state: PastState | null): Promise<readonly PastRow[]> => {
  const rows: PastRow[] = [];
  for await (const some of state?.rows ?? []) rows.push(...some);
  return rows;
};
