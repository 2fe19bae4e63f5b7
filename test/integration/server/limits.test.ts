import { ReadableStream } from 'node:stream/web';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Harness, startHarness } from '../../support/harness.ts';

const LIMITS = { bodyBytes: 20_000, tokens: 200, depth: 4, aliases: 5, directives: 4, listSize: 10 };

describe('an operation over a limit is refused before it runs', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness({ scanorbit: [{}], config: { limits: LIMITS } });
  });
  afterAll(() => harness.close());

  const ids = (count: number) => Array.from({ length: count }, (_, i) => `id-${i}`);
  const nested = (depth: number): string => (depth === 0 ? 'kind' : `ofType { ${nested(depth - 1)} }`);

  it.each([
    ['tokens', `{ ${'sources { name } '.repeat(60)} }`, {}, /token/i, 'GRAPHQL_PARSE_FAILED'],
    [
      'aliases',
      `{ ${ids(6)
        .map((_, i) => `a${i}: sources { name }`)
        .join(' ')} }`,
      {},
      /alias/i,
      'BAD_USER_INPUT',
    ],
    [
      'times that one selection names a field',
      `{ sources { ${'name '.repeat(6)} } }`,
      {},
      /at most 5 times.* got 6/,
      'BAD_USER_INPUT',
    ],
    ['directives', `{ sources { ${'name @include(if: true) '.repeat(5)} } }`, {}, /directive/i, 'BAD_USER_INPUT'],
    [
      'items of a list in the document',
      `{ nodes(ids: ${JSON.stringify(ids(11))}) { id } }`,
      {},
      /at most 10 items, got 11/,
      'BAD_USER_INPUT',
    ],
    [
      'items of a list in the variables',
      'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }',
      { ids: ids(11) },
      /at most 10 items, got 11/,
      'BAD_USER_INPUT',
    ],
  ])('%s', async (_, document, variables, message, code) => {
    const { data, errors, status } = await harness.query(document, variables);
    expect(data).toBeUndefined();
    expect(errors?.[0]?.message).toMatch(message);
    expect([status, errors?.[0]?.extensions.code]).toEqual([200, code]);
    expect(harness.upstreamCalls()).toBe(0);
  });

  it('depth, of which introspection is free', async () => {
    const introspection = `{ __schema { types { fields { type { ${nested(4)} } } } } }`;
    expect((await harness.query(introspection)).errors).toBeUndefined();
    const deep =
      '{ node(id: "x") { ...A } } fragment A on Asset { dependencies { nodes { dependencies { nodes { id } } } } }';
    const { data, errors } = await harness.query(deep);
    expect(data).toBeUndefined();
    expect(errors?.[0]?.message).toMatch(/depth/i);
    expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });

  it('bytes of the body, declared or not', async () => {
    const body = JSON.stringify({ query: '{ sources { name } }', variables: { pad: 'x'.repeat(30_000) } });
    const headers = { 'content-type': 'application/json' };
    const declared = await fetch(harness.url, { method: 'POST', headers, body });
    const streamed = await fetch(harness.url, {
      method: 'POST',
      headers,
      body: ReadableStream.from([Buffer.from(body)]),
      duplex: 'half',
    } as RequestInit);
    expect([declared.status, streamed.status]).toEqual([413, 413]);
    for (const response of [declared, streamed]) {
      const { errors } = (await response.json()) as { errors: { extensions: object }[] };
      expect(errors[0]?.extensions).toEqual({ code: 'BAD_USER_INPUT' });
    }
  });

  it('several operations in one request', async () => {
    const body = JSON.stringify([{ query: '{ __typename }' }, { query: '{ __typename }' }]);
    const response = await fetch(harness.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    expect(response.status).toBe(400);
    const { errors } = (await response.json()) as { errors: { message: string; extensions: object }[] };
    expect(errors[0]?.message).toMatch(/batching/i);
    expect(errors[0]?.extensions).toEqual({ code: 'BAD_USER_INPUT' });
  });
});
