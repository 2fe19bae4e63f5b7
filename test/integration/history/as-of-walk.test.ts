import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GraphQLObjectType, Kind, parse } from 'graphql';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { schema } from '#schema.ts';
import { startPostgres } from '../../support/history/postgres-server.ts';
import { questionsAbout } from '../../support/history/questions.ts';
import { walkThroughTime } from '../../support/history/walk-through-time.ts';
import { needs } from '../../support/tools.ts';

/** Questions whose answers may differ from those that were given then, and why. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  'one resource':
    'while the relations of some resource cannot be read, a source is asked live for what points at another one; of then that is unknown',
};

/** What is told of now only. */
const ABOUT_NOW: Readonly<Record<string, string>> = {
  activeDiscoveries: 'no reading has what is under way',
  asOf: 'a moment of the past has no past of its own',
  changes: 'takes its own times',
  diff: 'takes its own times',
  discoveries: 'readings have the newest ones only',
  findingStats: 'counted by the upstream',
  organizations: 'no reading has them',
  resourceStats: 'counted by the upstream',
  sources: 'what a source is and how it does',
  watches: 'how watched questions are',
};

/** By itself what others ask in passing. */
const ASKED_BY_OTHERS: Readonly<Record<string, string>> = {
  ...{ finding: 'as `findings`', scan: 'as `scans`', subnet: 'as `subnets`' },
  readings: 'below a moment, those that it follows from',
};

const fieldsOf = (name: string): readonly string[] => {
  const type = schema.getType(name);
  return type instanceof GraphQLObjectType ? Object.keys(type.getFields()) : [];
};

const questions = questionsAbout({
  ...{ resource: '', host: '', service: '', network: '', account: '', hostname: '', instanceId: '' },
});

const asked = new Set(
  Object.values(questions).flatMap((question) => {
    const [operation] = parse(`{ ${question} }`).definitions;
    if (operation?.kind !== Kind.OPERATION_DEFINITION) return [];
    return operation.selectionSet.selections.flatMap((of) => (of.kind === Kind.FIELD ? [of.name.value] : []));
  }),
);

describe('asking again about then', () => {
  const excepted = new Set<string>();
  afterAll(() => expect([...excepted].sort()).toEqual(Object.keys(EXCEPTIONS).sort()));

  const walk = async (seed: number, history: { readonly url?: string } = {}) => {
    const directory = await mkdtemp(join(tmpdir(), 'history-'));
    onTestFinished(() => rm(directory, { recursive: true, force: true }));
    const exceptions = Object.keys(EXCEPTIONS);
    const report = await walkThroughTime({ seed, steps: 5, config: { index: { directory }, history }, exceptions });
    for (const name of report.excepted) excepted.add(name);
    expect(report.differences).toEqual([]);
    expect(report.compared).toBeGreaterThan(60);
    expect(report.requests).toBe(0);
  };

  it.each([3, 11, 16])('gives the answer that was given then, whatever happened since (seed %s)', (seed) => walk(seed));

  it('does so with a history in PostgreSQL', needs('PostgreSQL'), async () => {
    const server = await startPostgres();
    onTestFinished(() => server.release());
    await walk(12, { url: await server.newDatabase() });
  });

  it('is possible for every query but those that are told of now, and all of these are asked here', () => {
    const past = fieldsOf('InventoryAsOf');
    const ofNow = fieldsOf('Query').filter((name) => !past.includes(name));
    expect(ofNow.sort()).toEqual(Object.keys(ABOUT_NOW).sort());
    const unasked = past.filter((name) => fieldsOf('Query').includes(name) && !asked.has(name));
    expect(unasked.sort()).toEqual(Object.keys(ASKED_BY_OTHERS).sort());
  });
});
