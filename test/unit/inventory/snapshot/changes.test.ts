import { describe, expect, it } from 'vitest';
import { RESOURCE_FACTS, type ResourceModel } from '#entities/resource/model.ts';
import { changesBetween } from '#inventory/snapshot/changes.ts';

const resource = (id: string, more: Partial<ResourceModel> = {}): ResourceModel => ({
  type: 'Resource',
  source: 'cloud',
  id,
  accountId: 'a',
  resourceId: `i-${id}`,
  service: 'ec2',
  region: 'eu-west-1',
  name: id,
  state: 'running',
  tags: [],
  costEstimateMonthly: null,
  lastSeenAt: '2026-01-01T00:00:00Z',
  createdAt: '2026-01-01T00:00:00Z',
  updatedAt: '2026-01-01T00:00:00Z',
  ...more,
});
const rows = (...all: ResourceModel[]) => new Map(all.map((row) => [row.id, row]));
const [before, after] = ['2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z'];

describe('what changed between two readings', () => {
  it('returns what was added, what was removed, and which properties differ', () => {
    const changes = changesBetween(
      RESOURCE_FACTS,
      { readAt: before, rows: rows(resource('kept'), resource('gone'), resource('stopped')), changes: [] },
      { readAt: after, rows: rows(resource('kept'), resource('new'), resource('stopped', { state: 'stopped' })) },
    );
    expect(changes.map(({ kind, id }) => `${kind} ${id}`).sort()).toEqual([
      'ADDED new',
      'CHANGED stopped',
      'REMOVED gone',
    ]);
    expect(changes.find(({ kind }) => kind === 'CHANGED')).toMatchObject({
      fields: [{ name: 'state', before: 'running', after: 'stopped' }],
      noticedAt: after,
      since: before,
    });
  });

  it('ignores that a scan merely saw something again', () => {
    const seen = rows(resource('kept', { lastSeenAt: after, updatedAt: after }));
    expect(
      changesBetween(
        RESOURCE_FACTS,
        { readAt: before, rows: rows(resource('kept')), changes: [] },
        { readAt: after, rows: seen },
      ),
    ).toEqual([]);
  });

  it('keeps earlier changes after the newest, and forgets the oldest of very many', () => {
    const many = rows(...Array.from({ length: 1_500 }, (_, i) => resource(`r${i}`)));
    const first = changesBetween(
      RESOURCE_FACTS,
      { readAt: before, rows: rows(), changes: [] },
      { readAt: after, rows: many },
    );
    const second = changesBetween(
      RESOURCE_FACTS,
      { readAt: after, rows: many, changes: first },
      { readAt: '2026-01-03T00:00:00Z', rows: rows() },
    );
    expect(second).toHaveLength(2_000);
    expect(second[0]?.kind).toBe('REMOVED');
    expect(second.at(-1)?.kind).toBe('ADDED');
  });
});
