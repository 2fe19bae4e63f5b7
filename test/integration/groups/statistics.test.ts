import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCloudWorld } from '#demo/world/cloud.ts';
import { type Harness, startHarness } from '../../support/harness.ts';
import { skippingClock } from '../../support/skipping-clock.ts';
import { countBy, countsOf, everyNode, GROUP_FIELDS, type Groups } from './counted.ts';

const world = createCloudWorld({ seed: 4, resources: 640, findings: 230 });

interface Row {
  readonly [field: string]: string | null;
}

const OPEN = { status: ['OPEN'] };

/** A question of one dimension; and the list, its filter and the field that it counts. */
const QUESTIONS = {
  SERVICE: ['resourceGroups(by: [SERVICE], first: 1000)', 'resources', {}, 'service'],
  REGION: ['resourceGroups(by: [REGION], first: 1000)', 'resources', {}, 'region'],
  STATE: ['resourceGroups(by: [STATE], first: 1000)', 'resources', {}, 'state'],
  STATUS: ['findingGroups(by: [STATUS])', 'findings', {}, 'status'],
  SEVERITY: ['findingGroups(by: [SEVERITY], filter: { status: [OPEN] })', 'findings', OPEN, 'severity'],
  TYPE: ['findingGroups(by: [TYPE], filter: { status: [OPEN] }, first: 1000)', 'findings', OPEN, 'type'],
} as const;
type Question = keyof typeof QUESTIONS;

const listed = (harness: Harness, question: Question): Promise<readonly Row[]> => {
  const [, list, filter, field] = QUESTIONS[question];
  const type = list === 'resources' ? 'ResourceFilter' : 'FindingFilter';
  return everyNode<Row>(harness, list, type, filter, field);
};

const countsIn = (rows: readonly Row[], question: Question): Record<string, number> => {
  const [, , , field] = QUESTIONS[question];
  const groups = countBy(rows, [(row) => (typeof row[field] === 'string' ? [row[field]] : [])]);
  return Object.fromEntries([...groups].map(([key, { length }]) => [key, length]));
};

const ask = async ({ query }: Harness, question: Question): Promise<Groups> => {
  const { data, errors } = await query<{ list: Groups }>(`{ list: ${QUESTIONS[question][0]} { ${GROUP_FIELDS} } }`);
  expect(errors).toBeUndefined();
  return data.list;
};

/** What each edition's statistics count exactly: the documented one does not say which findings it counts the severities of. */
const EXACT: Readonly<Record<'observed' | 'documented', readonly Question[]>> = {
  observed: ['SERVICE', 'STATUS', 'SEVERITY', 'TYPE'],
  documented: ['SERVICE', 'STATUS'],
};

describe.each(['observed', 'documented'] as const)('the statistics of the %s edition', (edition) => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness({ scanorbit: [{ edition, movingScans: false, world }] });
  });
  afterAll(() => harness.close());

  it.each(Object.keys(QUESTIONS) as Question[])(
    'by %s are used where they are exact, else lists are',
    async (question) => {
      const answer = await ask(harness, question);
      const rows = await listed(harness, question);
      expect(countsOf(answer)).toEqual(countsIn(rows, question));
      expect(answer).toMatchObject({ totalCount: rows.length, complete: true });
      if (EXACT[edition].includes(question)) expect(answer.readings).toEqual([{ from: 'STATISTICS', missing: 0 }]);
    },
  );

  it('cost one request instead of every page, which the estimate knows once they are read', async () => {
    const fresh = await startHarness({
      scanorbit: [{ edition, movingScans: false, world }],
      config: { limits: { cost: { scanorbit: 4 } } },
    });
    const { errors, extensions } = await fresh.query('{ resourceGroups(by: [SERVICE]) { totalCount } }');
    const calls = fresh.upstreamCalls();
    const dear = await fresh.query('{ resourceGroups(by: [SERVICE]) { totalCount monthlyCost } }');
    await fresh.close();
    expect(errors).toBeUndefined();
    expect(calls).toBe(2);
    expect((extensions.cost as { estimated?: Record<string, number> }).estimated?.SCANORBIT).toBe(3);
    expect(dear.errors?.[0]?.extensions.code).toBe('COST_LIMIT_EXCEEDED');
  });
});

it.each([
  ['lists', ['by: [ACCOUNT]', 'by: [TAG], tag: "Name"'], 'LISTS'],
  ['statistics', ['by: [SERVICE]', 'by: [SERVICE], first: 3'], 'STATISTICS'],
])('what is counted from %s that were read before says when that was', async (_, [one, other], from) => {
  const clock = skippingClock();
  const harness = await startHarness({ scanorbit: [{ movingScans: false, world }], deps: { clock } });
  try {
    const counted = async (args: string | undefined) => {
      const { data } = await harness.query<{ list: Groups }>(`{ list: resourceGroups(${args}) { ${GROUP_FIELDS} } }`);
      expect(data.list.readings.map((reading) => reading.from)).toEqual([from]);
      return Date.parse(data.list.asOf);
    };
    const first = await counted(one);
    const read = clock.now();
    clock.skip(20 * 60_000);
    harness.resetUpstreamCalls();
    const second = await counted(other);
    // The scans, which show that nothing has changed.
    expect(harness.scanorbit[0]?.countOf('/resources')).toBe(0);
    expect(harness.scanorbit[0]?.countOf('/resources/stats')).toBe(0);
    expect(second).toBeGreaterThanOrEqual(first - 60_000);
    expect(second).toBeLessThanOrEqual(read);
  } finally {
    await harness.close();
  }
});
