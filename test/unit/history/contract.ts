import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { HistoryError, type HistoryStore, type HistoryVersion, type VersionQuery } from '#history/history-store.ts';
import { ACME, edgesOf, GLOBEX, part, readingAt, resources, rowsOf } from './readings.ts';

export interface OpenedHistory {
  readonly store: HistoryStore;
  /** Another store over what the first has kept. */
  reopen(): Promise<HistoryStore>;
  release(): Promise<void>;
}

const MOST = 1000;

const shortly = ({ kind, type, id, from, since, until, value }: HistoryVersion) => [
  ...[kind, `${type} ${id}`, since, from, until],
  value,
];

/** What every history store does, whatever it keeps its versions in. */
export const describeHistoryStore = (name: string, open: () => Promise<OpenedHistory>): void => {
  describe(name, () => {
    let opened: OpenedHistory;
    let store: HistoryStore;

    beforeEach(async () => {
      opened = await open();
      store = opened.store;
    });
    afterEach(() => opened.release());

    /** Also expects them to be counted right. */
    const versions = async (query: Partial<VersionQuery> = {}) => {
      const found = await store.versions({ visible: [ACME], ...query }, { limit: MOST });
      expect(await store.count({ visible: [ACME], ...query })).toBe(found.length);
      return found.map(shortly);
    };

    it('tells nothing before the first reading', async () => {
      expect(await versions()).toEqual([]);
      expect(await store.count({ visible: [ACME] })).toBe(0);
      expect(await store.readings({ visible: [ACME] }, MOST)).toEqual([]);
    });

    it('keeps what appeared, changed and vanished, with the readings between which it did', async () => {
      await store.append(readingAt(100), [resources({ web: { name: 'web', state: 'running' }, db: { name: 'db' } })]);
      await store.append(readingAt(200), [resources({ web: { name: 'web', state: 'stopped' }, mq: { name: 'mq' } })]);
      expect(await versions()).toEqual(
        expect.arrayContaining([
          ['FIRST', 'Resource web', null, 100, 200, { name: 'web', state: 'running' }],
          ['FIRST', 'Resource db', null, 100, 200, { name: 'db' }],
          ['CHANGED', 'Resource web', 100, 200, null, { name: 'web', state: 'stopped' }],
          ['REMOVED', 'Resource db', 100, 200, null, null],
          ['ADDED', 'Resource mq', 100, 200, null, { name: 'mq' }],
        ]),
      );
      expect(await store.count({ visible: [ACME] })).toBe(5);
    });

    it('says of a finding that was resolved that it is open again', async () => {
      const findings = (status: string) => ({ ...resources({ leak: { status } }), type: 'Finding' as const });
      for (const [i, status] of ['OPEN', 'RESOLVED', 'OPEN', 'SNOOZED', 'OPEN'].entries())
        await store.append(readingAt(100 * (i + 1)), [findings(status)]);
      const kinds = (await versions({ types: ['Finding'] })).map(([kind]) => kind);
      expect(kinds).toEqual(['CHANGED', 'CHANGED', 'REOPENED', 'CHANGED', 'FIRST']);
    });

    it('adds no version of what stayed as it was, whatever the order of its lists', async () => {
      await store.append(readingAt(100), [resources({ web: { tags: ['x', 'y'], region: null } })]);
      await store.append(readingAt(200), [resources({ web: { tags: ['y', 'x'] } })]);
      expect(await versions()).toEqual([
        ['FIRST', 'Resource web', null, 100, null, { tags: ['x', 'y'], region: null }],
      ]);
    });

    it('knows each version of a record that changed often, and what it was before', async () => {
      const states = ['one', 'two', null, 'three', 'one'];
      for (const [i, state] of states.entries())
        await store.append(readingAt(100 + i), [resources(state ? { web: { name: 'web', state } } : {})]);
      const found = await store.versions({ visible: [ACME] }, { limit: MOST });
      expect(found.map(({ kind, value, before }) => [kind, value?.state ?? null, before?.state ?? null])).toEqual([
        ['CHANGED', 'one', 'three'],
        ['ADDED', 'three', null],
        ['REMOVED', null, 'two'],
        ['CHANGED', 'two', 'one'],
        ['FIRST', 'one', null],
      ]);
      expect(found.map(({ value }) => value?.name ?? null)).toEqual(['web', 'web', null, 'web', 'web']);
    });

    it('keeps records whose ids hold what no text of a database can, with a character in its place', async () => {
      const [id, owner, account] = ['we\0b', '\ud800db', 'a\0'];
      const parts = [part('a'), part(account), part('*relations')];
      const rows = [
        resources({ [owner]: {} }),
        resources({ [id]: { name: 'w\0' } }, account),
        edgesOf(owner, { [id]: {} }),
      ];
      for (const at of [100, 200]) await store.append(readingAt(at, { parts }), rows);
      expect(await versions({ record: { type: 'Resource', source: 'cloud', id } })).toEqual([
        ['FIRST', 'Resource we\ufffdb', null, 100, null, { name: 'w\0' }],
      ]);
      const state = await store.at(ACME, 200);
      expect(state?.edgeOwners).toEqual(['\ufffddb']);
      expect((await rowsOf(state)).map((row) => [row.part, row.owner, row.id])).toEqual([
        ['a', null, '\ufffddb'],
        ['a\ufffd', null, 'we\ufffdb'],
        ['*relations', '\ufffddb', '\ufffddb we\ufffdb'],
      ]);
      await store.append(readingAt(300, { parts }), rows.slice(0, 1));
      expect((await versions({ kinds: ['REMOVED'] })).map(([, record]) => record)).toEqual(['Resource we\ufffdb']);
    });

    it('takes what was not read for unknown, not for vanished', async () => {
      const parts = [part('a'), part('b')];
      const both = [resources({ web: { name: 'web' } }), resources({ db: { name: 'db' } }, 'b')];
      await store.append(readingAt(100, { parts }), both);
      await store.append(readingAt(200, { parts: [part('a', { isWhole: false }), part('b')] }), []);
      expect(await versions({ kinds: ['REMOVED'] })).toEqual([['REMOVED', 'Resource db', 100, 200, null, null]]);
      await store.append(readingAt(300, { parts }), []);
      // The reading between told nothing of it.
      expect(await versions({ kinds: ['REMOVED'], since: 200 })).toEqual([
        ['REMOVED', 'Resource web', 100, 300, null, null],
      ]);
    });

    it('takes what belongs to an account that is there no more for vanished', async () => {
      await store.append(readingAt(100), [resources({ web: { name: 'web' } })]);
      await store.append(readingAt(200, { parts: [] }), []);
      expect(await versions({ kinds: ['REMOVED'] })).toEqual([['REMOVED', 'Resource web', 100, 200, null, null]]);
    });

    it('says "added" only where the account had been read whole before', async () => {
      await store.append(readingAt(100, { parts: [part('a', { isWhole: false })] }), [
        resources({ web: { name: 'web' } }),
      ]);
      await store.append(readingAt(200), [resources({ web: { name: 'web' }, db: { name: 'db' } })]);
      await store.append(readingAt(300), [resources({ web: { name: 'web' }, db: { name: 'db' }, mq: { name: 'mq' } })]);
      expect((await versions()).map(([kind, id, since]) => [kind, id, since])).toEqual([
        ['ADDED', 'Resource mq', 200],
        ['FIRST', 'Resource db', null],
        ['FIRST', 'Resource web', null],
      ]);
    });

    it('takes an account that a reading only repeats for read when it was', async () => {
      await store.append(readingAt(100), [resources({ web: { n: 1 } })]);
      await store.append(readingAt(150, { parts: [part('a', { readAt: 100 })] }), [resources({ web: { n: 1 } })]);
      await store.append(readingAt(200), [resources({ db: { n: 1 } })]);
      expect((await versions({ since: 150 })).map(([kind, id, since]) => [kind, id, since]).toSorted()).toEqual([
        ['ADDED', 'Resource db', 100],
        ['REMOVED', 'Resource web', 100],
      ]);
    });

    it('ends relations of resources that were asked for them, or are gone, and leaves the others', async () => {
      const all = resources({ web: { n: 1 }, db: { n: 2 }, mq: { n: 3 } });
      const edges = ['web', 'db', 'mq'].map((owner) => edgesOf(owner, { e: { to: 'vpc-1' } }));
      await store.append(readingAt(100), [all, ...edges]);
      await store.append(readingAt(200), [resources({ web: { n: 1 }, mq: { n: 3 } }), edgesOf('web', {})]);
      const removed = await versions({ types: ['Edge'], kinds: ['REMOVED'] });
      expect(removed.map(([, id]) => id).toSorted()).toEqual(['Edge db e', 'Edge web e']);
    });

    it('takes the last of rows that a reading gives twice', async () => {
      await store.append(readingAt(100), [resources({ web: { n: 1 } }), resources({ web: { n: 2 } })]);
      await store.append(readingAt(200), [resources({ web: { n: 2 } })]);
      expect(await versions({ since: 100 })).toEqual([]);
      expect((await versions())[0]).toEqual(['CHANGED', 'Resource web', 100, 100, null, { n: 2 }]);
    });

    it('adds a reading once, and none that is older than what it has', async () => {
      const rows = [resources({ web: { name: 'web' } })];
      expect(await store.append(readingAt(200), rows)).toBe(true);
      expect(await store.append(readingAt(200), [resources({})])).toBe(false);
      expect(await store.append(readingAt(100), [resources({})])).toBe(false);
      expect(await versions()).toHaveLength(1);
      expect(await store.readings({ visible: [ACME] }, MOST)).toHaveLength(1);
    });

    it('adds nothing of a reading whose rows end in an error, and takes the next', async () => {
      const broken = function* () {
        yield resources({ web: { name: 'web' } });
        throw new Error('out of rows');
      };
      await expect(store.append(readingAt(100), broken())).rejects.toThrow('out of rows');
      expect(await versions()).toEqual([]);
      expect(await store.append(readingAt(100), [resources({ db: { name: 'db' } })])).toBe(true);
      expect(await versions()).toEqual([['FIRST', 'Resource db', null, 100, null, { name: 'db' }]]);
    });

    it('shows no part of a reading that is being added', async () => {
      const seen: Promise<unknown>[] = [];
      const rows = function* () {
        yield resources({ web: { name: 'web' } });
        seen.push(versions());
        yield resources({ db: { name: 'db' } });
      };
      await store.append(readingAt(100), rows());
      // Whether it was asked before the reading was confirmed, or just after.
      const [asked] = await Promise.all(seen);
      expect([[], await versions()]).toContainEqual(asked);
      expect(await versions()).toHaveLength(2);
    });

    it('tells the readings, newest first, with what each has read', async () => {
      await store.append(readingAt(100), []);
      const parts = [part('a', { readAt: 100 }), part('b', { isWhole: false }), part('*relations')];
      await store.append(readingAt(200, { isComplete: false, parts }), []);
      const all = await store.readings({ visible: [ACME] }, MOST);
      expect(all).toEqual([
        {
          ...{ source: 'cloud', at: 200, endedAt: 201, isComplete: false },
          parts: expect.arrayContaining([
            { name: 'b', isWhole: false },
            { name: '*relations', isWhole: true },
          ]),
        },
        {
          ...{ source: 'cloud', at: 100, endedAt: 101, isComplete: true },
          parts: expect.arrayContaining([
            { name: 'a', isWhole: true },
            { name: '*relations', isWhole: true },
          ]),
        },
      ]);
      expect(all[0]?.parts).toHaveLength(2);
      expect(await store.readings({ visible: [ACME], until: 150 }, MOST)).toHaveLength(1);
      expect(await store.readings({ visible: [ACME] }, 5, 1)).toEqual(all.slice(1));
      expect(await store.readings({ visible: [ACME], source: 'other' }, MOST)).toEqual([]);
      expect(await store.countReadings({ visible: [ACME], source: 'cloud' })).toBe(2);
      expect(await store.countReadings({ visible: [ACME], since: 100 })).toBe(1);
    });

    it('never tells one who asks of sources that do not exist for him', async () => {
      await store.append(readingAt(100), [resources({ web: { name: 'acme’s' } })]);
      await store.append(readingAt(100, { source: GLOBEX }), [resources({ web: { name: 'globex’s' } })]);
      expect(await versions({ visible: [GLOBEX] })).toEqual([
        ['FIRST', 'Resource web', null, 100, null, { name: 'globex’s' }],
      ]);
      const record = { type: 'Resource', source: ACME.name, id: 'web' } as const;
      expect(await versions({ visible: [GLOBEX], record })).toEqual([]);
      expect(await store.count({ visible: [GLOBEX], record })).toBe(0);
      expect(await store.readings({ visible: [GLOBEX] }, MOST)).toMatchObject([{ source: 'other' }]);
      expect(await store.countReadings({ visible: [GLOBEX] })).toBe(1);
      expect(await versions({ visible: [] })).toEqual([]);
    });

    it('goes on with the past of a source whose key was replaced, and not with that of another organization', async () => {
      const rows = [resources({ web: { name: 'web' } })];
      await store.append(readingAt(100), rows);
      const newKey = { name: ACME.name, identity: 'acme, new key' };
      const stranger = { name: ACME.name, identity: 'somebody else' };
      await store.append(readingAt(200, { source: stranger, parts: [part('z'), part('*relations')] }), []);
      expect(await versions({ visible: [stranger] })).toEqual([]);
      await store.append(readingAt(200, { source: newKey }), rows);
      expect(await versions({ visible: [newKey] })).toEqual([
        ['FIRST', 'Resource web', null, 100, null, { name: 'web' }],
      ]);
    });

    it('tells a new key that may read less nothing of what the old one read, and takes none of it for vanished', async () => {
      const web = resources({ web: { name: 'web' } });
      const db = resources({ db: { name: 'db' } }, 'b');
      await store.append(readingAt(100, { parts: [part('a'), part('b'), part('empty')] }), [web, db]);
      const wide = { name: ACME.name, identity: 'acme, more networks' };
      await store.append(readingAt(200, { source: wide, parts: [part('a'), part('b'), part('c')] }), [web, db]);
      expect((await versions({ visible: [wide] })).map(([, , , from]) => from)).toEqual([100, 100]);
      const narrow = { name: ACME.name, identity: 'acme, fewer networks' };
      await store.append(readingAt(300, { source: narrow }), [web]);
      expect(await versions({ visible: [narrow] })).toEqual([
        ['FIRST', 'Resource web', null, 300, null, { name: 'web' }],
      ]);
    });

    it('answers by record, type, kind and time', async () => {
      await store.append(readingAt(100), [resources({ web: { n: 1 }, db: { n: 1 } }), edgesOf('web', { e: { n: 1 } })]);
      await store.append(readingAt(200), [resources({ web: { n: 2 }, db: { n: 2 } }), edgesOf('web', { e: { n: 2 } })]);
      const record = { type: 'Resource', source: 'cloud', id: 'web' } as const;
      expect((await versions({ record })).map(([kind, id]) => [kind, id])).toEqual([
        ['CHANGED', 'Resource web'],
        ['FIRST', 'Resource web'],
      ]);
      expect(await versions({ record, types: ['Edge'] })).toEqual([]);
      expect(await versions({ types: ['Edge'], since: 100 })).toHaveLength(1);
      expect(await versions({ source: 'cloud', types: ['Edge'] })).toHaveLength(2);
      expect(await versions({ source: 'other' })).toEqual([]);
      expect(await versions({ until: 199, kinds: ['FIRST'] })).toHaveLength(3);
      expect(await versions({ until: 100, since: 100 })).toEqual([]);
    });

    it('gives pages that stay where they are while more comes and the oldest is forgotten, from either end', async () => {
      for (const n of [1, 2, 3]) await store.append(readingAt(n * 100), [resources({ web: { n }, db: { n } })]);
      const query = { visible: [ACME] };
      const all = await store.versions(query, { limit: MOST });
      expect(all).toHaveLength(6);
      const [newest, second, third] = all;
      expect(await store.versions(query, { limit: 2 })).toEqual([newest, second]);
      expect(await store.versions(query, { limit: 2, fromEnd: true })).toEqual(all.slice(-2));
      expect(await store.versions(query, { limit: 2, fromEnd: true, before: third ?? null })).toEqual([newest, second]);
      await store.append(readingAt(400), [resources({ web: { n: 3 }, db: { n: 3 }, mq: { n: 1 } })]);
      expect(await store.versions(query, { limit: 2, after: second ?? null })).toEqual(all.slice(2, 4));
      expect(await store.versions(query, { limit: MOST, after: third ?? null })).toEqual(all.slice(3));
      expect(await store.versions(query, { limit: MOST, before: newest ?? null })).toMatchObject([{ id: 'mq' }]);
      expect(await store.versions(query, { limit: MOST, before: newest ?? null, after: newest ?? null })).toEqual([]);
      await store.retain({ before: 300, maxBytes: Number.MAX_SAFE_INTEGER });
      expect(await store.versions(query, { limit: MOST, after: third ?? null })).toEqual([]);
    });

    it('tells nothing of what nobody asks for, or no source has', async () => {
      const kinds = ['ADDED', 'CHANGED', 'REMOVED'] as const;
      const nothing = async (query: Partial<VersionQuery>) => {
        expect(await versions({ kinds, ...query })).toEqual([]);
        expect(await store.count({ visible: [ACME], kinds, ...query })).toBe(0);
      };
      await nothing({});
      await store.append(readingAt(100), [resources({ web: { n: 1 } })]);
      await store.append(readingAt(200), [resources({ web: { n: 2 } })]);
      await nothing({ visible: [] });
      await nothing({ visible: [GLOBEX] });
      await nothing({ source: 'other' });
      await nothing({ types: [] });
      await nothing({ kinds: [] });
      expect(await versions({ kinds })).toHaveLength(1);
    });

    it('forgets what ended before a moment, and keeps what was so then', async () => {
      for (const [i, n] of [1, 2, 3].entries())
        await store.append(readingAt(100 * (i + 1)), [
          resources(n < 3 ? { web: { n }, db: { n: 1 } } : { web: { n } }),
        ]);
      await store.append(readingAt(400), [resources({ web: { n: 3 } })]);
      await store.retain({ before: 350, maxBytes: Number.MAX_SAFE_INTEGER });
      expect(await versions()).toEqual([['CHANGED', 'Resource web', 200, 300, null, { n: 3 }]]);
      expect((await store.readings({ visible: [ACME] }, MOST)).map(({ at }) => at)).toEqual([400, 300]);
      await store.append(readingAt(500), [resources({ web: { n: 4 }, db: { n: 5 } })]);
      expect((await versions({ since: 400 })).map(([kind, id]) => [kind, id]).toSorted()).toEqual([
        ['ADDED', 'Resource db'],
        ['CHANGED', 'Resource web'],
      ]);
    });

    it('forgets the oldest where it takes more room than it may, and never what is so now', async () => {
      // Text that cannot be compressed.
      const text = () => randomBytes(1000).toString('hex');
      for (let at = 1; at <= 40; at++)
        await store.append(readingAt(at), [
          resources(Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`r${i}`, { at, text: text() }]))),
        ]);
      await store.append(readingAt(1, { source: GLOBEX }), [resources({ web: { n: 1 } })]);
      await store.retain({ before: 0, maxBytes: 1_000_000 });
      const left = await store.readings({ visible: [ACME] }, MOST);
      expect(left.length).toBeGreaterThan(1);
      expect(left.length).toBeLessThan(30);
      await store.retain({ before: 0, maxBytes: 1 });
      expect((await store.readings({ visible: [ACME] }, MOST)).map(({ at }) => at)).toEqual([40]);
      expect((await versions()).map(([, , , from, until]) => [from, until])).toEqual(Array(20).fill([40, null]));
      expect(await versions({ visible: [GLOBEX] })).toHaveLength(1);
    });

    const state = async (time: number, source = ACME) => {
      const found = await store.at(source, time);
      if (!found) return null;
      const rows = await rowsOf(found);
      return { ...found, rows, texts: rows.map(({ type, id, part, value }) => [`${type} ${id}`, part, value]) };
    };

    it('gives the rows of a moment as the reading before it did, in its order, with what moves with every scan', async () => {
      await store.append(readingAt(100), [
        resources({ web: { n: 1 }, db: { n: 1 } }, 'a', { web: { seen: 1 }, db: { seen: 2 } }),
        edgesOf('web', { e: { to: 'db' } }),
        edgesOf('db', {}),
      ]);
      await store.append(readingAt(200), [
        resources({ db: { n: 2, more: 'x' }, mq: { n: 1 }, web: { n: 1 } }, 'a', { db: { seen: 3 }, mq: { seen: 3 } }),
        edgesOf('db', { f: { to: 'mq' } }),
      ]);
      expect(await state(99)).toBeNull();
      const first = [
        ['Resource web', 'a', { n: 1, seen: 1 }],
        ['Resource db', 'a', { n: 1, more: null, seen: 2 }],
        ['Edge web e', '*relations', { to: 'db' }],
      ];
      for (const time of [100, 150, 199])
        expect(await state(time)).toMatchObject({ texts: first, edgeOwners: ['web', 'db'], reading: { at: 100 } });
      const second = [
        ['Resource db', 'a', { n: 2, more: 'x', seen: 3 }],
        ['Resource mq', 'a', { n: 1, seen: 3 }],
        ['Resource web', 'a', { n: 1 }],
        ['Edge db f', '*relations', { to: 'mq' }],
      ];
      for (const time of [200, 1000])
        expect(await state(time)).toMatchObject({ texts: second, edgeOwners: ['db'], reading: { at: 200 } });
    });

    it('keeps the order of rows whose parts came in turns, and of those that are listed in another one later', async () => {
      const parts = [part('a'), part('b')];
      const mixed = (...ids: [id: string, part: string][]) => ids.map(([id, of]) => resources({ [id]: { id } }, of));
      await store.append(readingAt(100, { parts }), mixed(['1', 'a'], ['2', 'b'], ['3', 'a'], ['4', 'b']));
      await store.append(readingAt(200, { parts }), mixed(['4', 'b'], ['3', 'a'], ['1', 'a'], ['2', 'b']));
      await store.append(readingAt(300, { parts }), mixed(['4', 'b'], ['2', 'b'], ['3', 'a'], ['1', 'a']));
      const ids = async (time: number) => (await state(time))?.rows.map(({ id }) => id).join();
      expect([await ids(100), await ids(200), await ids(300)]).toEqual(['1,2,3,4', '4,3,1,2', '4,2,3,1']);
    });

    it('keeps the order of a large reading whose rows come faster than they are taken', async () => {
      const ids = (name: string) => Array.from({ length: 1500 }, (_, i) => `${name}${i}`);
      const rows = (of: readonly string[]) => resources(Object.fromEntries(of.map((id) => [id, { n: 1 }])));
      const [known, added] = [ids('known'), ids('added')];
      await store.append(readingAt(100), [rows(known)]);
      await store.append(readingAt(200), [rows(added), rows(known)]);
      expect((await state(200))?.rows.map(({ id }) => id)).toEqual([...added, ...known]);
    });

    it('gives lists in the order in which each reading had them, though another order makes no version', async () => {
      const orders = [
        ['x', 'y', 'z'],
        ['z', 'x', 'y'],
        ['x', 'y', 'z'],
      ];
      for (const [i, tags] of orders.entries())
        await store.append(readingAt(100 + i), [resources({ web: { tags, n: 1 } }, 'a', { web: { seen: i } })]);
      expect(await versions()).toHaveLength(1);
      for (const [i, tags] of orders.entries())
        expect((await state(100 + i))?.texts).toEqual([['Resource web', 'a', { tags, n: 1, seen: i }]]);
    });

    it('gives what was so between changes, removals and returns', async () => {
      const states = ['one', 'two', null, 'three', 'three', 'one'];
      for (const [i, of] of states.entries())
        await store.append(readingAt(100 + i), [resources(of ? { web: { name: 'web', state: of } } : {})]);
      for (const [i, of] of states.entries())
        expect((await state(100 + i))?.texts).toEqual(of ? [['Resource web', 'a', { name: 'web', state: of }]] : []);
    });

    it('gives of a reading that was short of rows those that it had', async () => {
      await store.append(readingAt(100), [resources({ web: { n: 1 }, db: { n: 1 } })]);
      await store.append(readingAt(200, { parts: [part('a', { isWhole: false })], isComplete: false }), [
        resources({ web: { n: 1 } }),
      ]);
      await store.append(readingAt(300, { parts: [part('a', { readAt: 200, isWhole: false }), part('b')] }), [
        resources({ web: { n: 1 } }),
      ]);
      expect(await state(250)).toMatchObject({
        texts: [['Resource web', 'a', { n: 1 }]],
        parts: [{ name: 'a', readAt: 200, isWhole: false }],
        reading: { isComplete: false },
      });
    });

    it('says of a moment what its reading said of itself, and when each part was last read', async () => {
      await store.append(readingAt(100, { about: '{"missing":1}', parts: [part('a'), part('b'), part('old')] }), []);
      await store.append(
        readingAt(200, { about: '{"missing":2}', parts: [part('a', { readAt: 100 }), part('b')] }),
        [],
      );
      const found = await state(200);
      expect(found?.reading).toEqual({
        ...{ source: 'cloud', at: 200, endedAt: 201, isComplete: true },
        about: '{"missing":2}',
      });
      expect(found?.parts).toEqual([
        { name: 'a', readAt: 100, isWhole: true },
        { name: 'b', readAt: 200, isWhole: true },
      ]);
      expect((await state(150))?.reading.about).toBe('{"missing":1}');
    });

    it('gives one moment although readings are added and forgotten while its rows are asked for', async () => {
      const rows = (n: number) =>
        resources(Object.fromEntries(Array.from({ length: 2000 }, (_, i) => [`r${i}`, { n }])));
      await store.append(readingAt(100), [rows(1)]);
      await store.append(readingAt(200), [rows(2)]);
      const former = await store.at(ACME, 100);
      const now = await store.at(ACME, 200);
      await store.append(readingAt(300), [rows(3)]);
      expect((await rowsOf(now)).map(({ value }) => value.n)).toEqual(Array(2000).fill(2));
      await store.retain({ before: 250, maxBytes: Number.MAX_SAFE_INTEGER });
      await expect(rowsOf(former)).rejects.toThrow(HistoryError);
    });

    it('gives nothing of a moment to one for whom the source does not exist', async () => {
      await store.append(readingAt(100), [resources({ web: { n: 1 } })]);
      expect(await state(100, GLOBEX)).toBeNull();
      expect(await state(100, { name: ACME.name, identity: 'somebody else' })).toBeNull();
    });

    it('says since when something is known of each source, also after some was forgotten', async () => {
      await store.append(readingAt(100), []);
      await store.append(readingAt(200), []);
      await store.append(readingAt(150, { source: GLOBEX }), []);
      expect(await store.earliest([ACME, GLOBEX])).toEqual(
        new Map([
          ['cloud', 100],
          ['other', 150],
        ]),
      );
      await store.retain({ before: 200, maxBytes: Number.MAX_SAFE_INTEGER });
      expect(await store.earliest([ACME, { name: 'new', identity: 'new' }])).toEqual(new Map([['cloud', 200]]));
    });

    it('gives the same of a moment after everything before it was forgotten', async () => {
      const sight = (seen: number) => ({ web: { seen }, db: { seen: 0 } });
      const all = (n: number, of: readonly string[], seen: number) =>
        resources(Object.fromEntries(of.map((id) => [id, { n, id }])), 'a', sight(seen));
      await store.append(readingAt(100), [all(1, ['web', 'db', 'gone'], 1), edgesOf('web', { e: { n: 1 } })]);
      await store.append(readingAt(200), [all(1, ['web', 'db'], 1), edgesOf('web', { e: { n: 1 } })]);
      await store.append(readingAt(300), [all(1, ['web', 'db'], 1), edgesOf('web', { e: { n: 1 } })]);
      await store.append(readingAt(400), [all(2, ['db', 'web'], 2), edgesOf('web', { e: { n: 2 } })]);
      const asked = async () => Promise.all([300, 400].map((time) => state(time)));
      const before = await asked();
      await store.retain({ before: 350, maxBytes: Number.MAX_SAFE_INTEGER });
      expect(await asked()).toEqual(before);
      expect(before.map((of) => of?.rows.length)).toEqual([3, 3]);
      expect(await state(299)).toBeNull();
    });

    it('has another revision once it was given a reading, or forgot some, and the same otherwise', async () => {
      // Where others may write, it stays only once their changes are noticed.
      await vi.waitFor(() => expect(store.revision()).toBe(store.revision()), { timeout: 30_000 });
      const revisions = [store.revision()];
      const note = () => revisions.push(store.revision());
      await store.append(readingAt(100), [resources({ web: { n: 1 } })]);
      note();
      await store.append(readingAt(100), [resources({ web: { n: 1 } })]);
      await versions();
      note();
      await store.retain({ before: 200, maxBytes: Number.MAX_SAFE_INTEGER });
      note();
      const [first, given, asked, forgot] = revisions;
      expect([given === first, asked === given, forgot === asked]).toEqual([false, true, false]);
    });

    it('has after it was opened again what it confirmed', async () => {
      await store.append(readingAt(100), [resources({ web: { name: 'web' } })]);
      const before = await versions();
      store = await opened.reopen();
      expect(await versions()).toEqual(before);
      expect(await store.append(readingAt(100), [])).toBe(false);
      expect(await store.append(readingAt(200), [])).toBe(true);
    });
  });
};
