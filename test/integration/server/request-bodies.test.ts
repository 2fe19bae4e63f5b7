import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AnswerError, type Harness, startHarness } from '../../support/harness.ts';

const QUERY = JSON.stringify({ query: '{ __typename }' });

describe('the body of a request', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness();
  });
  afterAll(() => harness.close());

  const send = async (init: RequestInit, search = '') => {
    const response = await fetch(`${harness.url}${search}`, init);
    const { data, errors } = (await response.json()) as { data?: unknown; errors?: readonly AnswerError[] };
    return { status: response.status, headers: response.headers, data, errors };
  };
  const post = (body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) =>
    send({ method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body });

  it.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
    ['deflate', deflateSync],
    ['made-up', (text: string) => Buffer.from(text)],
  ])('encoded as %s is answered 415, with the coding that is accepted', async (coding, encode) => {
    const { status, headers, errors } = await post(new Uint8Array(encode(QUERY)), { 'content-encoding': coding });
    expect([status, headers.get('accept-encoding')]).toEqual([415, 'identity']);
    expect(errors).toEqual([
      {
        message: `Expected a body without content-encoding, got ${coding}.`,
        extensions: { code: 'BAD_USER_INPUT' },
      },
    ]);
  });

  it('may say that it is not encoded', async () => {
    const { status, data } = await post(QUERY, { 'content-encoding': 'Identity' });
    expect([status, data]).toEqual([200, { __typename: 'Query' }]);
  });

  it.each([
    ['broken off', '{"query": "{ __typename }"'],
    ['no JSON', 'query { __typename }'],
    ['empty', ''],
    ['null', 'null'],
    ['a text', '"{ __typename }"'],
  ])('that is %s is refused in our words, not in those of a parser', async (_, body) => {
    const { status, errors } = await post(body);
    expect(status).toBe(400);
    expect(errors).toEqual([
      {
        message: 'Expected a JSON object with the member "query", got something else.',
        extensions: { code: 'BAD_USER_INPUT' },
      },
    ]);
  });

  it.each(['variables', 'extensions'])('a GET whose %s are no JSON is refused in our words', async (name) => {
    const { status, errors } = await send({}, `?query={__typename}&${name}={"broken`);
    expect(status).toBe(400);
    expect(errors).toEqual([
      {
        message: 'Expected "variables" and "extensions" in the address to be JSON objects, got something else.',
        extensions: { code: 'BAD_USER_INPUT' },
      },
    ]);
  });
});
