import { createSchema } from 'graphql-yoga';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GatewayError, UpstreamError } from '#lib/gateway-error.ts';
import type { RequestContext } from '#loading/context.ts';
import { defineConfig } from '#sources/kinds.ts';
import { collectedLogs } from '../../support/collected-logs.ts';
import { type Harness, startHarness } from '../../support/harness.ts';

const SECRET_DETAIL = 'connect to /var/run/secret.sock failed';

const schema = createSchema<RequestContext>({
  typeDefs: /* GraphQL */ `
    type Query { fine: String, known: String, upstream: String, bug: String!, maybeBug: String, beside: [String], number(of: Int): Int, wrongNumber: Int }
  `,
  resolvers: {
    Query: {
      fine: () => 'fine',
      known: () => {
        throw new GatewayError('COST_LIMIT_EXCEEDED', 'Too much.', { limit: 5 });
      },
      upstream: () => {
        throw new UpstreamError('UPSTREAM_RATE_LIMITED', 'emea', 'Come back later.', { retryAfterSeconds: 7 });
      },
      bug: () => {
        throw new Error(SECRET_DETAIL);
      },
      maybeBug: () => Promise.reject(new TypeError(SECRET_DETAIL)),
      wrongNumber: () => 'not a number at all',
      beside: (_, __, { problems }) => {
        const error = new UpstreamError('UPSTREAM_TIMEOUT', 'apac', 'The source "apac" took too long.');
        problems.push({ error, path: ['beside'] }, { error, path: ['beside'] });
        problems.push({ error: new Error(SECRET_DETAIL), path: ['beside', 1] });
        return ['row of emea', null];
      },
    },
  },
});

describe('errors of an answer', () => {
  let harness: Harness;
  const { logger, lines } = collectedLogs(defineConfig({ log: { level: 'info' } }));
  beforeAll(async () => {
    harness = await startHarness({ deps: { schema, logger } });
  });
  afterAll(() => harness.close());

  it('keep code, message and details of our own family', async () => {
    const { data, errors } = await harness.query('{ fine known upstream }');
    expect(data).toEqual({ fine: 'fine', known: null, upstream: null });
    expect(errors).toMatchObject([
      { message: 'Too much.', path: ['known'], extensions: { code: 'COST_LIMIT_EXCEEDED', limit: 5 } },
      {
        message: 'Come back later.',
        path: ['upstream'],
        extensions: { code: 'UPSTREAM_RATE_LIMITED', source: 'emea', retryAfterSeconds: 7 },
      },
    ]);
  });

  it('mask everything else, under an id that the log has with the cause', async () => {
    const answer = await harness.query('{ fine maybeBug }', {}, { 'x-request-id': 'request-of-this-test' });
    const [error] = answer.errors ?? [];
    expect(answer.data).toEqual({ fine: 'fine', maybeBug: null });
    expect(error?.extensions).toMatchObject({ code: 'INTERNAL_SERVER_ERROR', errorId: expect.any(String) });
    expect(JSON.stringify(answer)).not.toContain('secret.sock');
    const line = lines.find((text) => text.includes(String(error?.extensions.errorId)));
    expect(line).toContain(SECRET_DETAIL);
    expect(line).toContain('request-of-this-test');
  });

  it('mask a non-null field that failed, and a value its type cannot hold', async () => {
    const broken = await harness.query('{ bug }');
    const unfit = await harness.query('{ wrongNumber }');
    expect(broken.data).toBeNull();
    for (const { errors } of [broken, unfit]) expect(errors?.[0]?.extensions.code).toBe('INTERNAL_SERVER_ERROR');
    expect(JSON.stringify([broken, unfit])).not.toMatch(/secret\.sock|not a number at all/);
  });

  it('stand beside the data they are about, each once', async () => {
    const { data, errors } = await harness.query('{ beside }');
    expect(data).toEqual({ beside: ['row of emea', null] });
    expect(errors).toMatchObject([
      { path: ['beside'], extensions: { code: 'UPSTREAM_TIMEOUT', source: 'apac' } },
      { path: ['beside', 1], extensions: { code: 'INTERNAL_SERVER_ERROR' } },
    ]);
    expect(errors).toHaveLength(2);
  });

  it.each([
    ['a document that does not parse', '{ fine', {}, 'GRAPHQL_PARSE_FAILED'],
    ['a field that does not exist', '{ fin }', {}, 'GRAPHQL_VALIDATION_FAILED'],
    ['a variable of the wrong type', 'query ($n: Int) { number(of: $n) }', { n: 'x' }, 'BAD_USER_INPUT'],
  ])('say what is wrong with the request: %s', async (_, document, variables, code) => {
    const { data, errors } = await harness.query(document, variables);
    expect(data).toBeUndefined();
    expect(errors?.[0]?.extensions.code).toBe(code);
  });

  it('have a code of the family where a library has one of its own: variables that are no object', async () => {
    const response = await fetch(harness.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ fine }', variables: [] }),
    });
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
  });

  it('contain what the operation cost', async () => {
    const { extensions } = await harness.query('{ fine }');
    expect(extensions.cost).toEqual({
      estimated: { SCANORBIT: 0, SCANOPY: 0 },
      requests: {},
      cacheHits: 0,
      joins: 0,
      waitedMs: 0,
      oldestStaleSeconds: 0,
    });
  });
});
