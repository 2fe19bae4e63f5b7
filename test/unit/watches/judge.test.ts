import { describe, expect, it } from 'vitest';
import { judge } from '#watches/judge.ts';
import type { Condition } from '#watches/watch.ts';
import { watchAnswer } from '#watches/watch-answer.ts';

const list = (...rows: readonly object[]) => ({ hosts: { totalCount: rows.length, nodes: rows } });
const a = { id: 'a', name: 'first' };
const b = { id: 'b', name: 'second' };

/** Judges one answer after the other. */
const judged = (condition: Condition, ...answers: readonly object[]) => {
  let before: Parameters<typeof judge>[2] = null;
  return answers.map((data) => {
    const answer = watchAnswer(data as Record<string, unknown>, null);
    const judgement = judge(condition, answer, before);
    before = { ...answer, holds: judgement.holds };
    return judgement;
  });
};

const fires = (condition: Condition, ...answers: readonly object[]) =>
  judged(condition, ...answers).map((one) => one.fires);

describe('whether an answer is told', () => {
  it('a first answer is no change, and the same rows in another order are none', () => {
    expect(fires('changed', list(a, b), list(b, a), list(a), list(a))).toEqual([false, false, true, false]);
  });

  it('when it was read, and where in its list it stands, is no change', () => {
    const groups = (asOf: string, cursor: string) => ({
      groups: { asOf, edges: [{ cursor, node: { ...a, readAt: asOf } }] },
    });
    expect(fires('changed', groups('2026-01-01T00:00:00Z', 'x'), groups('2026-01-02T00:00:00Z', 'y'))).toEqual([
      false,
      false,
    ]);
  });

  it('that a scan saw a row again is no change', () => {
    const seen = (at: string, detectionCount: number) => ({
      ...a,
      ...{ updatedAt: at, lastSeenAt: at, lastScan: { id: at, completedAt: at }, detectionCount },
    });
    const [first, again] = [seen('2026-01-01T00:00:00Z', 1), seen('2026-01-02T00:00:00Z', 2)];
    expect(fires('changed', list(first), list(again), list({ ...again, name: 'other' }))).toEqual([false, false, true]);
    expect(fires('changed', { scan: first }, { scan: again })).toEqual([false, false]);
  });

  it('says which rows appeared, vanished and changed', () => {
    const [, second] = judged('changed', list(a, b), list({ ...a, name: 'other' }, { id: 'c', title: 'third' }));
    expect(second?.summary).toEqual({
      count: 2,
      appeared: [{ id: 'c', title: 'third' }],
      vanished: [{ id: 'b', title: 'second' }],
      changed: [{ id: 'a', title: 'other' }],
      otherwise: false,
    });
  });

  it('what differs beside the rows is a change, too, unless a path names the list', () => {
    const [one, other] = [
      { sources: 1, ...list(a) },
      { sources: 2, ...list(a) },
    ];
    expect(fires('changed', one, other)).toEqual([false, true]);
    const [first, second] = [one, other].map((data) => watchAnswer(data, ['hosts']));
    expect(first).toEqual(second);
  });

  it('where there are more rows than are shown, their number is a change', () => {
    const page = (totalCount: number) => ({ hosts: { totalCount, nodes: [a] } });
    expect(fires('changed', page(7), page(8))).toEqual([false, true]);
  });

  it('that there are some is told when it becomes so, and when there are others, but not when there are fewer', () => {
    expect(fires('nonEmpty', list(), list(a), list(a), list(a, b), list(b), list(), list(b))).toEqual([
      ...[false, true, false, true, false, false, true],
    ]);
  });

  it('counts the whole list where the question says how long it is, else its rows', () => {
    const condition = { count: { greaterThan: 1 } };
    expect(fires(condition, { hosts: { totalCount: 5, nodes: [a] } })).toEqual([true]);
    expect(fires(condition, { hosts: [a, b] })).toEqual([true]);
    expect(fires(condition, { hosts: [a] })).toEqual([false]);
    expect(fires('nonEmpty', { node: null })).toEqual([false]);
  });

  it('tells rows apart by the id of what they are about, and by what they say where they have none', () => {
    const about = (id: string, note: string) => ({ note, asset: { id, displayName: id } });
    const [, second] = judged('changed', { list: [about('x', 'one'), { text: 1 }] }, { list: [about('x', 'two')] });
    expect(second?.summary.changed).toEqual([{ id: 'x', title: 'x' }]);
    expect(second?.summary.vanished).toHaveLength(1);
  });
});
