import { Repeater } from '@repeaterjs/repeater';
import { type ExecutionResult, execute, parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '#demo/random.ts';
import { createWorld } from '#demo/world/world.ts';
import { createJsonExecutor } from '#graphql/execution/execute-to-json.ts';
import { newExchange } from '#server/answers/exchange.ts';
import { operationContext } from '#server/operation-context.ts';
import { systemClock } from '#sources/transport/clock.ts';
import { createLiveFeeds } from '#subscriptions/live-feeds.ts';
import { paceOf } from '#subscriptions/polling.ts';
import type { FiredWatch } from '#watches/viewer-watches.ts';
import { generateOperation } from '../../support/fuzz/generate-operation.ts';
import { type Harness, startHarness } from '../../support/harness.ts';

const OPERATIONS = 120;

describe('the executor of the gateway', () => {
  let harness: Harness;
  beforeAll(async () => {
    const world = createWorld({ seed: 5, hosts: 200 });
    harness = await startHarness({ scanorbit: [{}], scanopy: [{}], world: () => world });
  });
  afterAll(() => harness.close());

  it('answers operations over the whole graph as graphql-js does, the second time as the first', async () => {
    const { gateway, config } = harness;
    const live = createLiveFeeds(paceOf(config.subscriptions, systemClock));
    const watches = { of: () => ({ list: () => [], fired: () => new Repeater<FiredWatch, void>(() => {}) }) };
    const contextOf = operationContext(config, { sources: gateway.sources, live, watches, clock: systemClock });
    const request = new Request('http://localhost/graphql');
    const viewer = { id: 'anyone', tenant: null, sources: null, credentials: null };
    const context = () => contextOf({ request, viewer, requestId: 'request', exchange: newExchange() });
    const executeToJson = createJsonExecutor(gateway.schema);
    const random = createRandom('execution');
    const { data } = await harness.query<Record<string, { nodes: { id: string }[] }>>(
      '{ resources(first: 5) { nodes { id } } hosts(first: 5) { nodes { id } } findings(first: 5) { nodes { id } } }',
    );
    const ids = Object.values(data).flatMap(({ nodes }) => nodes.map(({ id }) => id));
    let answered = 0;
    for (let i = 0; i < OPERATIONS; i++) {
      const { query, variables } = generateOperation(gateway.schema, random, { ids });
      // How a source fares is another thing a moment later.
      if (/\b(budget|health|lastError|index)\b/.test(query)) continue;
      const document = parse(query);
      const args = { document, variableValues: variables };
      const expected = await execute({ schema: gateway.schema, ...args, contextValue: context() });
      for (const _ of [1, 2]) {
        const result = await executeToJson({ ...args, contextValue: context() });
        if (!result) continue;
        expect(told(JSON.parse(result.stringify(result))), query).toEqual(told(JSON.parse(JSON.stringify(expected))));
        answered += result.data ? 1 : 0;
      }
    }
    live.close();
    expect(answered).toBeGreaterThan(OPERATIONS / 2);
  });
});

/** Which of several errors comes first is nobody's promise. */
const told = ({ data, errors = [] }: ExecutionResult) => ({
  data: withoutNow(data),
  errors: errors.map((error) => JSON.stringify(error)).toSorted(),
});

const STARTED = new Date().toISOString();

/** Times at which something was read, for which each execution has its own. */
const withoutNow = (data: unknown): unknown =>
  JSON.parse(JSON.stringify(data ?? null), (_, value) => (typeof value === 'string' && isSince(value) ? 'now' : value));

const isSince = (text: string): boolean => /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(text) && text >= STARTED;
