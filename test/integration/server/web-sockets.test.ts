import { createHash } from 'node:crypto';
import { afterEach, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { type Harness, startHarness } from '../../support/harness.ts';
import { webSocketClient } from '../../support/listen.ts';

const KEY = `key-${'0'.repeat(32)}`;
let harness: Harness | undefined;
afterEach(() => harness?.close());

const one = (
  url: string,
  query: string,
  params: Record<string, unknown> = {},
  variables: Record<string, unknown> = {},
) =>
  new Promise<{ data?: unknown; errors?: { extensions?: { code?: string } }[] }>((resolve, reject) => {
    const client = webSocketClient(url, params);
    let last: object = {};
    client.subscribe(
      { query, variables },
      {
        next: (result) => {
          last = result;
        },
        error: (error) => (Array.isArray(error) ? resolve({ errors: error }) : reject(error)),
        complete: () => {
          resolve(last);
          void client.dispose();
        },
      },
    );
  });

/** What a first message without credentials is answered with: the type of the next message, or the code of the close. */
const initialised = (url: string, headers: Record<string, string>) =>
  new Promise<string | number>((resolve, reject) => {
    const socket = new WebSocket(url.replace('http', 'ws'), 'graphql-transport-ws', { headers });
    socket.once('open', () => socket.send(JSON.stringify({ type: 'connection_init' })));
    socket.once('error', reject);
    socket.once('close', resolve);
    socket.once('message', (data) => {
      resolve((JSON.parse(String(data)) as { type: string }).type);
      socket.close();
    });
  });

it('answers queries over a socket as it does over HTTP', async () => {
  harness = await startHarness({ scanorbit: [{}] });
  const query = '{ accounts { id name } }';
  const overHttp = await harness.query(query);
  expect((await one(harness.url, query)).data).toEqual(overHttp.data);
});

it('refuses over a socket what it refuses over HTTP: unknown fields, too deep documents, too long lists', async () => {
  harness = await startHarness({ config: { limits: { depth: 3, listSize: 2 } } });
  const refused = [
    await one(harness.url, '{ nothing }'),
    await one(harness.url, '{ accounts { resources { nodes { account { name } } } } }'),
    await one(harness.url, 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', {}, { ids: ['a', 'b', 'c'] }),
    await one(harness.url, '{ '),
  ];
  for (const { data } of refused) expect(data ?? null).toBeNull();
  const codes = refused.map(({ errors }) => errors?.[0]?.extensions?.code);
  expect(codes.slice(0, 3)).toEqual(['GRAPHQL_VALIDATION_FAILED', 'BAD_USER_INPUT', 'BAD_USER_INPUT']);
  expect(refused[3]?.errors?.length).toBe(1);
});

it('takes credentials from the first message or the handshake, and refuses everybody else', async () => {
  const sha256 = createHash('sha256').update(KEY).digest('hex');
  harness = await startHarness({ config: { auth: { mode: 'api-key', keys: [{ name: 'app', sha256 }] } } });
  const query = '{ sources { name } }';
  expect((await one(harness.url, query, { 'X-API-Key': KEY })).data).toEqual({ sources: [] });
  expect(await initialised(harness.url, { 'x-api-key': KEY })).toBe('connection_ack');
  expect(await initialised(harness.url, { 'x-api-key': 'wrong' })).toBe(4403);
  await expect(one(harness.url, query, { 'X-API-Key': 'wrong' })).rejects.toMatchObject({ code: 4403 });
  await expect(one(harness.url, query)).rejects.toMatchObject({ code: 4403 });
});

it('refuses a handshake from a foreign page, and takes one from a listed origin', async () => {
  harness = await startHarness({ config: { server: { cors: { origins: ['https://app.example.com'] } } } });
  const url = harness.url.replace('http', 'ws');
  const connect = (origin: string) =>
    new Promise<string>((resolve) => {
      const socket = new WebSocket(url, 'graphql-transport-ws', { origin });
      socket.once('open', () => resolve('open'));
      socket.once('error', ({ message }) => resolve(message));
      socket.once('open', () => socket.close());
    });
  expect(await connect('https://evil.example')).toContain('403');
  expect(await connect('https://app.example.com')).toBe('open');
});
