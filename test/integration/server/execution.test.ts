import { type ExecutionResult, execute, parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '#demo/random.ts';
import { createWorld } from '#demo/world/world.ts';
import { createJsonExecutor } from '#graphql/execution/execute-to-json.ts';
import { operationContext } from '#server/operation-context.ts';
import { systemClock } from '#sources/transport/clock.ts';
import { createLiveFeeds } from '#subscriptions/live-feeds.ts';
import { paceOf } from '#subscriptions/polling.ts';
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
    const contextOf = operationContext(config, gateway.sources, live, systemClock);
    const request = new Request('http://localhost/graphql');
    const viewer = { id: 'anyone', tenant: null, sources: null, credentials: null };
    const context = () => contextOf({ request, viewer, requestId: 'request' });
    const executeToJson = createJsonExecutor(gateway.schema);
    const random = createRandom('execution');
    let answered = 0;
    for (let i = 0; i < OPERATIONS; i++) {
      const { query, variables } = generateOperation(gateway.schema, random, { ids: [] });
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
    expect(answered).toBeGreaterThan(OPERATIONS);
  });
});

/** Which of several errors comes first is nobody's promise. */
const told = ({ data, errors = [] }: ExecutionResult) => ({
  data,
  errors: errors.map((error) => JSON.stringify(error)).toSorted(),
});
