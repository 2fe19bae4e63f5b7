import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Plan, planRecords, type WantedKey, type Ways } from '#loading/planner/plan-records.ts';
import { type ListShape, missingPages, PROBE_ABOVE, priceOfKeys, priceOfPages } from '#loading/planner/price.ts';

const list = (
  total: number | null,
  pageSize: number,
  cached: readonly number[] = [],
  isExhaustive = true,
): ListShape => ({
  total,
  pageSize,
  cachedPages: new Set(cached),
  isExhaustive,
});

const keysOf = (plan: Plan): string[] => plan.calls.flatMap((call) => (call.kind === 'keys' ? call.keys : []));

const keys = (count: number, hint?: string): WantedKey[] =>
  Array.from({ length: count }, (_, i) => ({ key: `${hint ?? ''}${i}`, hint }));

describe('one plan', () => {
  test('what is cached costs nothing', () => {
    const plan = planRecords(keys(3), { known: new Set(['0', '1', '2']), batchSize: 1 });
    expect(plan).toEqual({ known: ['0', '1', '2'], missing: [], listed: [], calls: [], isProbe: false });
  });

  test('only what is not cached is requested, in batches', () => {
    const plan = planRecords(keys(250), { known: new Set(['7']), batchSize: 100 });
    expect(plan.calls.map((call) => (call.kind === 'keys' ? call.keys.length : 0))).toEqual([100, 100, 49]);
    expect(keysOf(plan)).not.toContain('7');
  });

  test('a key wanted twice is requested once', () => {
    expect(planRecords([...keys(2), ...keys(2)], { known: new Set(), batchSize: 1 }).calls).toHaveLength(2);
  });

  test('the missing pages of a short list are cheaper than many single calls', () => {
    const plan = planRecords(keys(50), { known: new Set(), batchSize: 1, wholeList: list(390, 100, [0, 2]) });
    expect(plan.calls).toEqual([
      { kind: 'page', hint: null, page: 1 },
      { kind: 'page', hint: null, page: 3 },
    ]);
    expect(plan.listed).toHaveLength(50);
  });

  test('narrow lists are used where they pay, single calls where they do not', () => {
    const ways: Ways = {
      known: new Set(),
      batchSize: 1,
      wholeList: list(5_000, 100),
      filteredLists: new Map([
        ['small', list(150, 100)],
        ['large', list(3_000, 100)],
      ]),
    };
    const plan = planRecords([...keys(20, 'small'), ...keys(3, 'large'), ...keys(1)], ways);
    expect(plan.calls).toHaveLength(2 + 3 + 1);
    expect(plan.listed).toHaveLength(20);
  });

  test('a few keys are requested without reading a list of unknown size; for more its page 0 is read first', () => {
    const ways: Ways = { known: new Set(), batchSize: 1, wholeList: list(null, 100) };
    expect(planRecords(keys(PROBE_ABOVE), ways)).toMatchObject({ isProbe: false });
    expect(planRecords(keys(PROBE_ABOVE + 1), ways)).toMatchObject({
      isProbe: true,
      calls: [{ kind: 'page', hint: null, page: 0 }],
    });
  });

  test('the probe goes to the narrower list when one hint covers everything', () => {
    const filteredLists = new Map([['account', list(null, 100)]]);
    const ways: Ways = { known: new Set(), batchSize: 1, wholeList: list(null, 100), filteredLists };
    expect(planRecords(keys(20, 'account'), ways).calls).toEqual([{ kind: 'page', hint: 'account', page: 0 }]);
    expect(planRecords([...keys(20, 'account'), ...keys(1)], ways).calls).toEqual([
      { kind: 'page', hint: null, page: 0 },
    ]);
  });

  test('a key that a wholly read list does not hold is missing; when the list may hide rows it is requested', () => {
    const ways = (isExhaustive: boolean): Ways => ({
      known: new Set(),
      batchSize: 1,
      wholeList: list(120, 100, [0, 1], isExhaustive),
    });
    expect(planRecords(keys(2), ways(true))).toMatchObject({ missing: ['0', '1'], calls: [] });
    expect(planRecords(keys(2), ways(false))).toMatchObject({ missing: [], calls: [{ keys: ['0'] }, { keys: ['1'] }] });
  });
});

/** A world in which plans are carried out: where each record lies is not known to the planner. */
interface World {
  readonly rows: readonly { readonly key: string; readonly hint: string }[];
  readonly pageSize: number;
  readonly batchSize: number;
  readonly sizesKnown: boolean;
  readonly withWhole: boolean;
  readonly withFiltered: boolean;
}

const HINTS = ['a', 'b', 'c'];

const worlds = fc.record({
  rows: fc
    .array(fc.constantFrom(...HINTS), { maxLength: 400 })
    .map((hints) => hints.map((hint, index) => ({ key: `k${index}`, hint }))),
  pageSize: fc.integer({ min: 1, max: 100 }),
  batchSize: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 100 })),
  sizesKnown: fc.boolean(),
  withWhole: fc.boolean(),
  withFiltered: fc.boolean(),
});

const wants = fc.array(
  fc.record({ index: fc.integer({ min: 0, max: 450 }), hinted: fc.boolean(), hint: fc.constantFrom(...HINTS) }),
  { maxLength: 150 },
);

/** Carries plans out until nothing is left; counts. */
const carryOut = (world: World, wanted: readonly WantedKey[]) => {
  const rowsOf = (hint: string | null) => world.rows.filter((row) => hint === null || row.hint === hint);
  const seen = new Map<string | null, Set<number>>([null, ...HINTS].map((hint) => [hint, new Set<number>()]));
  const learned = new Set<string | null>();
  const known = new Set<string>();
  const asked: string[] = [];
  const missing = new Set<string>();
  let requests = 0;
  let rounds = 0;
  let probes = 0;
  const shape = (hint: string | null) =>
    list(world.sizesKnown || learned.has(hint) ? rowsOf(hint).length : null, world.pageSize, [
      ...(seen.get(hint) ?? []),
    ]);
  for (; rounds < 5; rounds += 1) {
    const open = wanted.filter(({ key }) => !known.has(key) && !missing.has(key));
    if (open.length === 0) break;
    const plan = planRecords(open, {
      known,
      batchSize: world.batchSize,
      wholeList: world.withWhole ? shape(null) : undefined,
      filteredLists: world.withFiltered ? new Map(HINTS.map((hint) => [hint, shape(hint)])) : undefined,
    });
    requests += plan.calls.length;
    probes += plan.isProbe ? 1 : 0;
    for (const key of plan.missing) missing.add(key);
    for (const call of plan.calls) {
      if (call.kind === 'keys') {
        asked.push(...call.keys);
        for (const key of call.keys) (world.rows.some((row) => row.key === key) ? known : missing).add(key);
      } else {
        learned.add(call.hint);
        seen.get(call.hint)?.add(call.page);
        const start = call.page * world.pageSize;
        for (const row of rowsOf(call.hint).slice(start, start + world.pageSize)) known.add(row.key);
      }
    }
  }
  return { known, missing, asked, requests, rounds, probes };
};

/** Hints are true where the record exists; a record that does not exist may carry any. */
const wantedIn = (world: World, picks: readonly { index: number; hinted: boolean; hint: string }[]): WantedKey[] => {
  const unique = new Map(picks.map((pick) => [pick.index, pick]));
  return [...unique.values()].map(({ index, hinted, hint }) => {
    const row = world.rows[index];
    return { key: row?.key ?? `gone${index}`, hint: hinted ? (row?.hint ?? hint) : undefined };
  });
};

describe('plans carried out', () => {
  test('every key is found or reported missing, none is requested twice, within a probe, a plan and one to name the missing', () => {
    fc.assert(
      fc.property(worlds, wants, (world, picks) => {
        const wanted = wantedIn(world, picks);
        const { known, missing, asked, rounds, probes } = carryOut(world, wanted);
        for (const { key } of wanted) {
          const exists = world.rows.some((row) => row.key === key);
          expect(known.has(key)).toBe(exists);
          expect(missing.has(key)).toBe(!exists);
        }
        expect(new Set(asked).size).toBe(asked.length);
        expect(probes).toBeLessThanOrEqual(1);
        expect(rounds).toBeLessThanOrEqual(3);
      }),
      { numRuns: 500 },
    );
  });

  test('never more calls than the cheapest single way; one more where a size had to be learned', () => {
    fc.assert(
      fc.property(worlds, wants, (world, picks) => {
        const wanted = wantedIn(world, picks);
        if (wanted.length === 0) return;
        const { requests, probes } = carryOut(world, wanted);
        const byKey = priceOfKeys(wanted.length, world.batchSize);
        const whole = priceOfPages(world.rows.length, world.pageSize);
        const hints = new Set(wanted.map(({ hint }) => hint));
        const filtered = [...hints].reduce(
          (sum, hint) => sum + priceOfPages(world.rows.filter((row) => row.hint === hint).length, world.pageSize),
          0,
        );
        const single = [byKey];
        if (world.withWhole && world.rows.length > 0 && (world.sizesKnown || probes > 0)) single.push(whole);
        if (world.withFiltered && world.sizesKnown && !hints.has(undefined)) {
          const usable = [...hints].every((hint) => world.rows.some((row) => row.hint === hint));
          if (usable) single.push(filtered);
        }
        expect(requests).toBeLessThanOrEqual(Math.min(...single) + probes);
      }),
      { numRuns: 500 },
    );
  });
});

describe('reference figures', () => {
  const rows = (count: number) =>
    Array.from({ length: count }, (_, i) => ({ key: `k${i}`, hint: HINTS[i % 3] ?? 'a' }));
  const world: World = {
    rows: rows(1_200),
    pageSize: 100,
    batchSize: 1,
    sizesKnown: false,
    withWhole: true,
    withFiltered: true,
  };
  const every = (step: number, count: number): WantedKey[] =>
    Array.from({ length: count }, (_, i) => ({ key: `k${i * step}`, hint: HINTS[(i * step) % 3] }));

  test('100 resources scattered over 1,200 cost 12 pages when nothing is known', () => {
    expect(carryOut(world, every(11, 100)).requests).toBe(12);
  });

  test('the findings of 100 resources, 310 in all, cost 4 pages', () => {
    expect(carryOut({ ...world, rows: rows(310), withFiltered: false }, every(3, 100)).requests).toBe(4);
  });

  test('100 hosts by id cost 1 batch', () => {
    expect(carryOut({ ...world, rows: rows(400), batchSize: 100 }, every(4, 100)).requests).toBe(1);
  });
});

describe('prices', () => {
  /** The most requests for `keys` records when nothing is cached and there are no hints. */
  const mostRequests = (keys: number, { batchSize, pageSize, withWhole, sizesKnown, rows }: World): number => {
    const byKey = priceOfKeys(keys, batchSize);
    if (!withWhole) return byKey;
    if (!sizesKnown) return byKey > PROBE_ABOVE ? byKey + 1 : byKey;
    return Math.min(byKey, priceOfPages(rows.length, pageSize));
  };

  test('no plan costs more than the price of its records', () => {
    fc.assert(
      fc.property(worlds, wants, (world, picks) => {
        const wanted = wantedIn({ ...world }, picks).map(({ key }) => ({ key }));
        const { requests } = carryOut({ ...world, withFiltered: false }, wanted);
        if (world.sizesKnown && world.rows.length === 0) return;
        expect(requests).toBeLessThanOrEqual(mostRequests(wanted.length, world));
      }),
    );
  });

  test('a list that is known to be wholly cached leaves nothing to read', () => {
    expect(missingPages(list(200, 100, [0, 1]))).toEqual([]);
    expect(missingPages(list(null, 100))).toBeNull();
  });
});
