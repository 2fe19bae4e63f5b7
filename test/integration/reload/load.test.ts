import { expect, it } from 'vitest';
import type { ConfigInput } from '#config/config.ts';
import { until } from '../../support/until.ts';
import { as, key, type Running, startReloadable } from './reloadable.ts';

const QUERIES = [
  '{ accounts { id name } }',
  '{ sources { name health budget { remaining } } }',
  '{ resources(first: 20) { nodes { id name account { id } } } }',
  '{ hosts(first: 10) { nodes { id displayName network { name } } } }',
  '{ networks { nodes { id } } }',
];
const CLIENTS = 40;
const REAL = { limit: 100, windowSeconds: 60 };

interface Outcome {
  readonly caller: string;
  /** How many reloads had been before it was sent. */
  readonly after: number;
  /** What was wrong with it; null: nothing. */
  readonly failure: string | null;
}

/** Clients that ask one thing after the other until they are told to stop. */
const load = ({ query }: Running, callers: readonly string[], reloads: () => number) => {
  const outcomes: Outcome[] = [];
  let isOver = false;
  const ask = async (caller: string, document: string): Promise<string | null> => {
    try {
      const { status, errors } = await query(document, {}, as(caller));
      return status === 200 && !errors ? null : `${status} ${errors?.map(({ message }) => message).join()}`;
    } catch {
      return 'broken off';
    }
  };
  const client = async (i: number): Promise<void> => {
    for (let turn = i; !isOver; turn += 1) {
      const caller = callers[turn % callers.length] ?? '';
      const after = reloads();
      const failure = await ask(caller, QUERIES[turn % QUERIES.length] ?? '');
      outcomes.push({ caller, after, failure });
    }
  };
  const clients = Array.from({ length: CLIENTS }, (_, i) => client(i));
  return {
    outcomes,
    stop: async () => {
      isOver = true;
      await Promise.all(clients);
    },
  };
};

it('fails no request while keys, sources and limits change under load, and refuses a key that was taken away', async () => {
  const running = await startReloadable({
    scanorbit: [{ budget: REAL, rateLimit: { limit: 100, windowMs: 60_000 } }, { name: 'other' }],
    scanopy: [{ budget: { ratePerSecond: 5, burst: 150 } }],
    config: { auth: { mode: 'api-key', keys: [key('ada'), key('bob')] } },
  });
  const withKeys = (...names: string[]): Pick<ConfigInput, 'auth'> => ({
    auth: { mode: 'api-key', keys: names.map((name) => key(name)) },
  });
  const timeouts = (callMs: number) => ({
    ...withKeys('ada', 'bob'),
    sources: (of: NonNullable<ConfigInput['sources']>) => of.map((source) => ({ ...source, timeouts: { callMs } })),
  });
  const budgets = (reserve: number) => ({
    ...withKeys('bob', 'carol'),
    sources: (of: NonNullable<ConfigInput['sources']>) =>
      of.map((source) => ({ ...source, budget: { ...source.budget, reserve } })),
  });
  const changes: readonly Parameters<Running['reload']>[0][] = [
    { ...withKeys('ada', 'bob'), limits: { depth: 12 } },
    { ...withKeys('ada', 'bob'), sources: (of) => of.filter(({ name }) => name !== 'other') },
    { ...withKeys('ada', 'bob') },
    timeouts(15_000),
    timeouts(16_000),
    { auth: { mode: 'api-key', keys: [] } },
    { ...withKeys('bob') },
    { ...withKeys('bob', 'carol'), limits: { rate: { operations: 100_000, windowSeconds: 60 } } },
    budgets(0.2),
    budgets(0.15),
  ];
  const revokedBy = changes.findIndex((change) => change.auth?.keys?.length === 1) + 1;
  let reloads = 0;
  const { outcomes, stop } = load(running, ['ada', 'bob'], () => reloads);
  const taken: boolean[] = [];
  for (const change of changes) {
    const seen = outcomes.length;
    await until(() => outcomes.length >= seen + CLIENTS);
    taken.push(running.reload(change));
    reloads += 1;
  }
  await until(() => outcomes.filter(({ after }) => after === reloads).length >= CLIENTS);
  await stop();
  const metrics = await (await fetch(new URL('/metrics', running.url))).text();
  await running.close();

  expect(taken).toEqual(changes.map(({ auth }) => auth?.keys?.length !== 0));
  expect(outcomes.length).toBeGreaterThan(changes.length * CLIENTS);
  expect(outcomes.filter(({ caller, failure }) => caller === 'bob' && failure !== null)).toEqual([]);
  const ofAda = outcomes.filter(({ caller }) => caller === 'ada');
  expect(ofAda.filter(({ after, failure }) => after < revokedBy - 1 && failure !== null)).toEqual([]);
  const refused = ofAda.filter(({ after }) => after >= revokedBy);
  expect(refused.length).toBeGreaterThan(0);
  expect(refused.filter(({ failure }) => !failure?.startsWith('401'))).toEqual([]);
  expect(metrics).not.toMatch(/^inventory_upstream_rate_limited_total\{/m);
  expect(metrics).not.toMatch(/outcome="429"/);
});
