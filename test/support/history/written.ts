import type { HistoryRows, Reading, VersionKind } from '#history/history-store.ts';

const ROWS = 30;

/** The readings that a writing process adds one after the other: some rows change, one comes and one goes with each. */
export const writtenReading = (at: number): Reading => ({
  source: WRITTEN,
  id: String(at),
  ...{ at, endedAt: at, isComplete: true, about: '{}' },
  parts: [{ name: 'a', readAt: at, isWhole: true }],
});

export const WRITTEN = { name: 'cloud', identity: 'written' };

export function* writtenRows(at: number): Iterable<HistoryRows> {
  for (const [id, n] of rowsAt(at))
    yield { type: 'Resource', rows: [{ id, part: 'a', owner: null, value: JSON.stringify({ n }), sighting: null }] };
}

const rowsAt = (at: number): ReadonlyMap<string, number> =>
  new Map([
    ...Array.from({ length: ROWS }, (_, i) => [`r${i}`, Math.floor((at + i) / ROWS)] as const),
    [`only-${at}`, at] as const,
  ]);

/** What so many readings come to, worked out without a store: newest first, by kind, id and times. */
export const expectedVersions = (readings: number): readonly string[] => {
  const versions: { kind: VersionKind; id: string; from: number; until: number | null }[] = [];
  let former: ReadonlyMap<string, number> = new Map();
  for (let at = 1; at <= readings; at++) {
    const rows = rowsAt(at);
    const put = (kind: VersionKind, id: string) => {
      const open = versions.findLast((version) => version.id === id && version.until === null);
      if (open) open.until = at;
      versions.push({ kind, id, from: at, until: null });
    };
    for (const [id, n] of rows) {
      const before = former.get(id);
      if (before === undefined) put(at === 1 ? 'FIRST' : 'ADDED', id);
      else if (before !== n) put('CHANGED', id);
    }
    for (const id of former.keys()) if (!rows.has(id)) put('REMOVED', id);
    former = rows;
  }
  return versions.map(versionText).toSorted();
};

export const versionText = ({
  kind,
  id,
  from,
  until,
}: {
  readonly kind: VersionKind;
  readonly id: string;
  readonly from: number;
  readonly until: number | null;
}): string => `${kind} ${id} ${from}–${until ?? ''}`;
