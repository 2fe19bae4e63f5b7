import { describe, expect, it } from 'vitest';
import type { ResourceEdge } from '#entities/dependency/model.ts';
import type { ResourceModel } from '#entities/resource/model.ts';
import type { ResourceRows } from '#inventory/derivation/messages.ts';
import { newsOf } from '#inventory/derivation/news.ts';
import type { CloudSnapshot } from '#inventory/snapshot/snapshot.ts';
import { resource } from '../../../support/records.ts';
import { changed, emptyWorld } from './random-worlds.ts';

const row = (id: string, of: Partial<ResourceModel> = {}): ResourceModel =>
  resource({ id, source: 'cloud-1', accountId: 'account-1', ...of });

const edgeTo = (identifier: string): ResourceEdge => ({
  id: `to-${identifier}`,
  target: { kind: 'vpc', identifier },
  resource: null,
  kind: 'CONTAINED_IN',
  relationship: 'in_vpc',
  confidence: 'CERTAIN',
});

const snapshot = (
  rows: readonly ResourceModel[],
  edges: readonly (readonly [string, string])[] = [],
): CloudSnapshot => {
  const [empty] = changed(emptyWorld(), []);
  if (empty?.side !== 'CLOUD') throw new Error('Expected a cloud source.');
  return {
    ...empty,
    resources: new Map(rows.map((one) => [one.id, one])),
    edges: new Map(edges.map(([id, target]) => [id, [edgeTo(target)]])),
  };
};

/** What is sent of rows: each with the targets of its edges, null where those are not sent; and what is gone. */
const sent = (former: CloudSnapshot | null, now: CloudSnapshot) => {
  const news = [...newsOf(former, now, {})].filter((one) => one !== null);
  return {
    rows: news.flatMap((one) =>
      one.kind === 'RESOURCES'
        ? (JSON.parse(one.rows) as ResourceRows).map((row) =>
            row.length === 3 ? row : ([row[0].id, row[1]?.map(({ target }) => target.identifier) ?? null] as const),
          )
        : [],
    ),
    gone: news.flatMap((one) => (one.kind === 'GONE' ? one.rows : [])),
  };
};

const [a, b, c] = [row('a'), row('b'), row('c')];
const edges = [
  ['a', 'vpc-1'],
  ['b', 'vpc-2'],
] as const;

describe('what a derivation is sent of a reading', () => {
  it('is every row with its edges where it knows none', () => {
    expect(sent(null, snapshot([a, b], edges))).toEqual({
      rows: [
        ['a', ['vpc-1']],
        ['b', ['vpc-2']],
      ],
      gone: [],
    });
  });

  it('is no row where the same rows were read again, in whatever order, and their edges say the same', () => {
    expect(sent(snapshot([a, b, c], edges), snapshot([c, a, b], edges))).toEqual({ rows: [], gone: [] });
  });

  it('is of a row that was only seen again the time', () => {
    const seenAgain = { ...b, lastSeenAt: '2026-06-02T00:00:00Z' };
    expect(sent(snapshot([a, b], edges), snapshot([a, seenAgain], edges))).toEqual({
      rows: [['account-1', 'b', '2026-06-02T00:00:00Z']],
      gone: [],
    });
  });

  it('leaves out the edges of a row of which something else changed', () => {
    const [renamed, stopped] = [
      { ...a, name: 'renamed' },
      { ...b, state: 'stopped' },
    ];
    expect(sent(snapshot([a, b], edges), snapshot([renamed, stopped], edges))).toEqual({
      rows: [
        ['a', null],
        ['b', null],
      ],
      gone: [],
    });
  });

  it('is no row of which a copy was read again that says the same', () => {
    expect(sent(snapshot([a, b], edges), snapshot([{ ...a }, { ...b }], edges))).toEqual({ rows: [], gone: [] });
  });

  it('is a row with its edges where only these changed', () => {
    expect(sent(snapshot([a, b], edges), snapshot([a, b], [['a', 'vpc-1']]))).toEqual({ rows: [['b', []]], gone: [] });
  });

  it('names what is gone, and what has moved to another account, which it is sent with its edges', () => {
    const moved = { ...b, accountId: 'account-2' };
    expect(sent(snapshot([a, b, c], edges), snapshot([b, a], edges)).gone).toEqual([['account-1', 'c']]);
    expect(sent(snapshot([a, b], edges), snapshot([a, moved], edges))).toEqual({
      rows: [['b', ['vpc-2']]],
      gone: [['account-1', 'b']],
    });
  });
});
