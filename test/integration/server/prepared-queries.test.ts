import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Harness, startHarness } from '../../support/harness.ts';

const DOCUMENT = `query List($first: Int, $after: String, $ids: [ID!]!, $wide: Boolean = false) {
  resources(first: $first, after: $after) { totalCount nodes { id name findings(first: 50) @include(if: $wide) { nodes { id } } } }
  nodes(ids: $ids) { id }
}
query Other { hosts(first: 1) { nodes { name } } }`;

const ONE = { operationName: 'List', variables: { first: 3, ids: [] } };

interface Request {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Of the document that is sent. */
  readonly body?: (document: string) => string | undefined;
  readonly address?: (document: string) => string;
}

interface Case extends Request {
  readonly title: string;
  readonly isPrepared: boolean;
}

const json = (members: object) => (query: string) => JSON.stringify({ query, ...ONE, ...members });
const list = (variables: object) => json({ variables: { ...ONE.variables, ...variables } });
const sha256 = (document: string) => createHash('sha256').update(document).digest('hex');
const named = (document: string) => ({ persistedQuery: { version: 1, sha256Hash: sha256(document) } });

/** What an answer says of itself that another one cannot. */
const OF_THE_MOMENT = /"waitedMs":\d+,|,"answeredAt":"[^"]+"/g;

const CASES: readonly Case[] = [
  { title: 'other variables', isPrepared: true, body: list({ first: 5 }) },
  { title: 'a field more by a variable', isPrepared: true, body: list({ first: 1, wide: true }) },
  { title: 'an id that is none', isPrepared: true, body: list({ ids: ['nonsense'] }) },
  { title: 'a cursor that is none', isPrepared: true, body: list({ after: 'nonsense' }) },
  { title: 'more rows than a page may have', isPrepared: true, body: list({ first: 1_000_000 }) },
  { title: 'more than it may cost', isPrepared: true, body: list({ first: 100, wide: true }) },
  { title: 'a variable of another type', isPrepared: false, body: list({ first: 'three' }) },
  { title: 'a variable too few', isPrepared: false, body: json({ variables: {} }) },
  { title: 'no variables', isPrepared: false, body: json({ variables: null }) },
  { title: 'extensions of no meaning', isPrepared: true, body: json({ extensions: { a: 1 } }) },
  { title: 'past the cache', isPrepared: true, headers: { 'cache-control': 'no-cache' }, body: list({ first: 4 }) },
  { title: 'compressed', isPrepared: true, headers: { 'accept-encoding': 'gzip' }, body: list({ first: 40 }) },
  {
    title: 'the hash of the document',
    isPrepared: true,
    body: (document) => json({ extensions: named(document) })(''),
  },
  { title: 'another operation of the document', isPrepared: false, body: json({ operationName: 'Other' }) },
  { title: 'an operation that it lacks', isPrepared: false, body: json({ operationName: 'None' }) },
  { title: 'a name of another type', isPrepared: false, body: json({ operationName: 1 }) },
  { title: 'a list that is too long', isPrepared: false, body: list({ ids: Array.from({ length: 2000 }, () => 'a') }) },
  { title: 'variables that are a list', isPrepared: false, body: json({ variables: [1] }) },
  { title: 'variables that are text', isPrepared: false, body: json({ variables: '{}' }) },
  { title: 'extensions that are text', isPrepared: false, body: json({ extensions: 'a' }) },
  { title: 'a member of no meaning', isPrepared: false, body: json({ id: 1 }) },
  { title: 'no document', isPrepared: false, body: () => JSON.stringify(ONE) },
  { title: 'several operations', isPrepared: false, body: (document) => `[${json({})(document)}]` },
  { title: 'a body that is not JSON', isPrepared: false, body: () => '{' },
  {
    title: 'a document with its hash',
    isPrepared: false,
    body: (document) => json({ extensions: named(document) })(document),
  },
  { title: 'a stream', isPrepared: false, headers: { accept: 'text/event-stream' }, body: json({}) },
  { title: 'a page', isPrepared: false, headers: { accept: 'text/html' }, body: json({}) },
  {
    title: 'another media type',
    isPrepared: false,
    headers: { 'content-type': 'application/graphql', 'x-requested-with': 'a' },
    body: (document) => document,
  },
  {
    title: 'the address',
    isPrepared: false,
    method: 'GET',
    body: () => undefined,
    address: (query) => `?${new URLSearchParams({ query, operationName: 'List', variables: '{"ids":[]}' })}`,
  },
];

describe('a query whose document was answered before', () => {
  let harness: Harness;
  let throughYoga = 0;
  beforeAll(async () => {
    harness = await startHarness({
      scanorbit: [{}],
      scanopy: [{}],
      config: {
        server: { allowCacheBypass: true, compressFromBytes: 500 },
        limits: { cost: { scanorbit: 60 } },
        persisted: { automatic: true },
      },
    });
    const { fetchAPI } = harness.gateway.yoga;
    fetchAPI.Request = class extends fetchAPI.Request {
      constructor(...given: ConstructorParameters<typeof Request>) {
        super(...given);
        throughYoga += 1;
      }
    };
  });
  afterAll(() => harness.close());

  const send = async (document: string, { method = 'POST', headers, body = json({}), address }: Request) => {
    const response = await fetch(`${harness.url}${address?.(document) ?? ''}`, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      body: body(document) ?? null,
    });
    // The length is that of the whole body, what is of the moment included.
    const { date: _, 'x-request-id': __, 'content-length': ___, ...kept } = Object.fromEntries(response.headers);
    const text = (await response.text()).replaceAll(OF_THE_MOMENT, '');
    return { status: response.status, headers: kept, body: text };
  };

  let documents = 0;
  /** The same for everybody who reads it, and another document for the gateway. */
  const newDocument = () => {
    documents += 1;
    return `${DOCUMENT}#${documents}`;
  };

  const ACCEPTED = [undefined, 'application/json', 'application/graphql-response+json, application/json;q=0.9'];

  it.each(ACCEPTED.flatMap((accept) => CASES.map((of) => ({ accept, ...of }))))(
    'is answered as if it were the first (accept $accept: $title)',
    async ({ accept, isPrepared, headers, ...asked }) => {
      const request = { ...asked, headers: { ...(accept && { accept }), ...headers } };
      const [warm, first, again] = [newDocument(), newDocument(), newDocument()];
      for (const document of [warm, first, again])
        if (asked.title === 'the hash of the document')
          await send(document, { headers: { accept: '*/*' }, body: (text) => json({ extensions: named(text) })(text) });
      await send(again, { headers: accept ? { accept } : {}, body: list({ first: 2 }) });
      await send(warm, request);
      const expected = await send(first, request);
      const before = throughYoga;
      expect(await send(again, request)).toEqual(expected);
      expect(throughYoga === before).toBe(isPrepared);
    },
  );
});

it('counts as one operation, and is refused when there were too many', async () => {
  const harness = await startHarness({
    scanorbit: [{}],
    config: { limits: { rate: { operations: 3, windowSeconds: 3600 } } },
  });
  const ask = (first: number) =>
    harness.query('query ($first: Int) { resources(first: $first) { nodes { id } } }', { first });
  const answers = [await ask(1), await ask(2), await ask(3), await ask(4), await ask(5)];
  const metrics = await (await fetch(new URL('/metrics', harness.url))).text();
  await harness.close();
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 429, 429]);
  expect(answers[3]?.errors?.[0]?.extensions).toMatchObject({ code: 'RATE_LIMITED' });
  expect(metrics).toMatch(/errors_total\{code="RATE_LIMITED"\} 2\n/);
});
