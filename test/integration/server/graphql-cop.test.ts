import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Harness, startHarness } from '../../support/harness.ts';

interface Reply {
  readonly status: number;
  readonly text: string;
  /** Of an answer in JSON, else undefined. */
  readonly data: Readonly<Record<string, unknown>> | null | undefined;
  readonly errors: readonly { readonly message: string; readonly extensions: object }[];
}

/** What the auditor graphql-cop sends, one request each, and what it takes for a weakness. */
describe('the production profile, under the requests of graphql-cop', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness({ scanorbit: [{}], scanopy: [{}], config: { server: { profile: 'production' } } });
  });
  afterAll(() => harness.close());

  const send = async (url: string | URL, init?: RequestInit): Promise<Reply> => {
    const response = await fetch(url, init);
    const text = await response.text();
    const isJson = /json/.test(response.headers.get('content-type') ?? '');
    const body = isJson ? (JSON.parse(text) as Partial<Reply>) : {};
    return { status: response.status, text, data: body.data, errors: body.errors ?? [] };
  };
  const post = (body: object) =>
    send(harness.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const ask = (query: string) => post({ query, operationName: 'cop' });
  const inAddress = (query: string, method = 'GET') =>
    send(`${harness.url}?query=${encodeURIComponent(query)}`, { method });

  it('answers a decent query', async () => {
    expect((await ask('query cop { __typename }')).data).toEqual({ __typename: 'Query' });
  });

  it('suggests no field', async () => {
    const { errors } = await ask('query cop { __schema { directive } }');
    expect(errors.length).toBeGreaterThan(0);
    for (const { message } of errors) expect(message).not.toContain('Did you mean');
  });

  it('shows no schema', async () => {
    expect((await ask('query cop { __schema { types { name fields { name } } } }')).data).toBeUndefined();
  });

  it.each(['/graphiql', '/playground', '/console', '/graphql'])('serves no GraphiQL at %s', async (path) => {
    for (const accept of ['*/*', 'text/html']) {
      const { text } = await send(new URL(path, harness.url), { headers: { accept } });
      expect(text).not.toMatch(/graphiql\.min\.css|GraphQL Playground|GraphiQL|graphql-playground/);
    }
  });

  it('runs no query out of an address', async () => {
    const { status, data } = await inAddress('query cop {__typename}');
    expect([status, data]).toEqual([403, undefined]);
  });

  it('runs no mutation out of an address', async () => {
    expect((await inAddress('mutation cop {__typename}')).data).toBeUndefined();
  });

  it('runs no query out of the address of a POST', async () => {
    expect((await inAddress('query cop {__typename}', 'POST')).data).toBeUndefined();
  });

  it('runs no query of a form', async () => {
    const body = new URLSearchParams({ query: 'query cop {__typename}' });
    expect((await send(harness.url, { method: 'POST', body })).status).toBe(403);
  });

  it('refuses 101 aliases of one field, __typename too', async () => {
    const aliases = Array.from({ length: 101 }, (_, i) => `alias${i}:__typename`).join(' \n');
    expect((await ask(`query cop { ${aliases} }`)).data).toBeUndefined();
  });

  it('refuses a field that is repeated 500 times', async () => {
    expect((await ask(`query cop { ${'__typename \n'.repeat(500)} } `)).data).toBeUndefined();
  });

  it('refuses ten operations in one request', async () => {
    const { status, text } = await post(Array.from({ length: 10 }, () => ({ query: 'query cop { __typename }' })));
    expect(status).toBe(400);
    expect(Array.isArray(JSON.parse(text))).toBe(false);
  });

  it('answers ten unknown directives with a few errors', async () => {
    const { data, errors } = await ask(`query cop { __typename ${'@aa'.repeat(10)} }`);
    expect(data).toBeUndefined();
    expect(errors.length).toBeGreaterThan(0);
    expect(errors.length).toBeLessThan(10);
  });

  it('does not go in circles through the schema', async () => {
    const circle = 'fields { type { '.repeat(4);
    expect((await ask(`query cop { __schema { types { ${circle} name ${'} } '.repeat(4)} } } }`)).data).toBeUndefined();
  });

  it('contains no trace and no stack', async () => {
    const { text } = await ask('query cop { __typename }');
    expect(text).not.toMatch(/"tracing"|"exception"|stacktrace/i);
  });

  it('wraps a document that is no GraphQL in an error without an exception', async () => {
    const { errors } = await ask('qwerty cop { abc }');
    expect(errors).toHaveLength(1);
    expect(errors[0]?.extensions).toEqual({ code: 'GRAPHQL_PARSE_FAILED' });
  });
});
