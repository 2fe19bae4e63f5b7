import { parse, validate } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '#demo/random.ts';
import { createWorld } from '#demo/world/world.ts';
import { ERROR_CODES } from '#lib/gateway-error.ts';
import { type Harness, startHarness } from '../harness.ts';
import { startIndexed } from '../indexed-gateway.ts';
import { breakOperation } from './break-operation.ts';
import { generateOperation } from './generate-operation.ts';
import type { Vocabulary } from './generate-value.ts';

const SEED = process.env.FUZZ_SEED ?? 'fuzz';
const AT_ONCE = 8;
const MINUTES = 60_000;

/** Low, so that generated operations come above it. */
const COST_LIMITS = { scanorbit: 30, scanopy: 40 } as const;

interface Cost {
  readonly requests: Readonly<Record<string, number>>;
  readonly estimated?: Readonly<Record<string, number>>;
}

interface Sent {
  readonly status: number;
  readonly cost: Cost | undefined;
  readonly errors: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
}

/** The suite over that many operations of each sort. The same seed generates the same operations. */
export const fuzz = (operations: number, gateway: 'without an index' | 'with its index complete'): void => {
  const pastCache = Math.ceil(operations / 10);
  describe(`a gateway ${gateway}, under ${operations} generated valid and ${operations} broken operations`, () => {
    let harness: Harness;
    let vocabulary: Vocabulary;
    beforeAll(async () => {
      const world = createWorld({ seed: 5, hosts: 200 });
      const start = gateway === 'without an index' ? startHarness : startIndexed;
      harness = await start({
        scanorbit: [{}, {}],
        scanopy: [{}, { version: '0.17.22' }],
        world: () => world,
        config: { limits: { cost: COST_LIMITS } },
      });
      vocabulary = { ids: await knownIds(harness) };
    });
    afterAll(() => harness.close());

    const send = async (body: string, given: Record<string, string> = {}): Promise<Sent> => {
      const headers = { 'content-type': 'application/json', ...given };
      const response = await fetch(harness.url, { method: 'POST', headers, body });
      const answer = (await response.json()) as { errors?: Sent['errors']; extensions?: { cost?: Cost } };
      return { status: response.status, errors: answer.errors ?? [], cost: answer.extensions?.cost };
    };

    it('answers every valid one without 5xx, an untyped or an unexpected error, and runs none above its cost limit', {
      timeout: 10 * MINUTES,
    }, async () => {
      const random = createRandom(`${SEED} valid`);
      const outcomes = new Map<string, number>();
      const task = async (headers: Record<string, string>) => {
        const operation = generateOperation(harness.gateway.schema, random, vocabulary);
        expect(validate(harness.gateway.schema, parse(operation.query)), operation.query).toEqual([]);
        const body = JSON.stringify(operation);
        const answer = await send(body, headers);
        expectTyped(answer, body);
        expectWithinLimit(answer, body);
        const outcome = answer.errors[0]?.extensions?.code ?? 'OK';
        outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      };
      // Past the cache one by one: what another operation has read meanwhile would have to be requested again.
      await inTurns(pastCache, 1, () => task({ 'cache-control': 'no-cache' }));
      await inTurns(operations - pastCache, AT_ONCE, () => task({}));
      expect(outcomes.get('COST_LIMIT_EXCEEDED')).toBeGreaterThan(0);
      expect(outcomes.get('OK'), JSON.stringify([...outcomes])).toBeGreaterThan(operations / 10);
    });

    it('refuses the broken ones with typed errors and without 5xx', { timeout: 10 * MINUTES }, async () => {
      const random = createRandom(`${SEED} broken`);
      let refused = 0;
      await inTurns(operations, AT_ONCE, async () => {
        const { body } = breakOperation(generateOperation(harness.gateway.schema, random, vocabulary), random);
        const answer = await send(body);
        expectTyped(answer, body);
        if (answer.errors.length > 0) refused += 1;
      });
      expect(refused).toBeGreaterThan(operations * 0.8);
    });

    it('has sent the upstreams nothing but GET', () => {
      const calls = [...harness.scanorbit, ...harness.scanopy].flatMap((upstream) => upstream.calls);
      expect(calls.length).toBeGreaterThan(0);
      expect(new Set(calls.map(({ method }) => method))).toEqual(new Set(['GET']));
    });
  });
};

/** Besides our own, those that GraphQL clients and tools know by name. */
const CODES = [
  ...ERROR_CODES,
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_NOT_SUPPORTED',
];

const UNMASKED =
  /\bundefined\b|is not a function|Cannot (read|set)|TypeError|RangeError|at \w+ \(|node_modules|\.ts:\d/;

const expectTyped = ({ status, errors }: Sent, sent: string): void => {
  expect(status, sent).toBeLessThan(500);
  for (const { message, extensions } of errors) {
    expect(CODES, `${sent}\n${message}`).toContain(extensions?.code);
    expect(extensions?.code, `${sent}\n${message}`).not.toBe('INTERNAL_SERVER_ERROR');
    expect(message, sent).not.toMatch(UNMASKED);
  }
};

/** What is refused has sent nothing; what has run was estimated at no more than the limit, and took no more than estimated. */
const expectWithinLimit = ({ cost, errors }: Sent, sent: string): void => {
  if (!cost) return;
  const isRefused = errors.some(({ extensions }) => extensions?.code === 'COST_LIMIT_EXCEEDED');
  for (const [kind, limit] of Object.entries(COST_LIMITS)) {
    const ofKind = Object.entries(cost.requests).filter(([source]) => source.startsWith(kind));
    const requests = ofKind.reduce((sum, [, count]) => sum + count, 0);
    const estimated = cost.estimated?.[kind.toUpperCase()] ?? limit;
    const context = `${sent} ${JSON.stringify(cost)}`;
    if (!isRefused) expect(estimated, context).toBeLessThanOrEqual(limit);
    expect(requests, context).toBeLessThanOrEqual(isRefused ? 0 : estimated);
  }
};

const inTurns = async (count: number, atOnce: number, task: () => Promise<void>): Promise<void> => {
  let left = count;
  const worker = async () => {
    while (left > 0) {
      left -= 1;
      await task();
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
};

/** Of a few of everything; afterwards the length of every list is known. */
const knownIds = async (harness: Harness): Promise<string[]> => {
  const lists = ['resources', 'findings', 'scans', 'hosts', 'services', 'subnets', 'networks'];
  const query = `{ ${lists.map((list) => `${list}(first: 5) { totalCount nodes { id sourceId } }`).join(' ')} }`;
  const { data, errors } = await harness.query<Record<string, { nodes: { id: string; sourceId: string }[] }>>(query);
  expect(errors).toBeUndefined();
  return Object.values(data).flatMap(({ nodes }) => nodes.flatMap(({ id, sourceId }) => [id, sourceId]));
};
