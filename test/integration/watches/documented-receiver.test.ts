import { readFile } from 'node:fs/promises';
import { beforeAll, expect, it } from 'vitest';
import { Secret } from '#lib/secret.ts';
import { signedHeaders } from '#watches/webhooks/sign.ts';
import { startReceiver } from '../../support/watches/receiver.ts';
import { SECRET, startWatching, watchOf } from '../../support/watches/watching-gateway.ts';

type Headers = Readonly<Record<string, string | undefined>>;
type IsSigned = (secret: string, headers: Headers, body: string) => boolean;

const OTHER_SECRET = `whsec_${Buffer.alloc(32, 8).toString('base64')}`;

/** What docs/watches.md gives to be copied. */
let isSigned: IsSigned;
beforeAll(async () => {
  const page = await readFile('docs/watches.md', 'utf8');
  const [code, ...others] = [...page.matchAll(/^```js\n([\s\S]*?)^```$/gm)].map(([, text = '']) => text);
  if (code === undefined || others.length > 0) throw new Error('Expected one block of JavaScript in the page.');
  const module = `data:text/javascript,${encodeURIComponent(code)}`;
  ({ isSigned } = (await import(/* @vite-ignore */ module)) as { readonly isSigned: IsSigned });
});

/** Of an attempt that was made so many seconds ago. */
const signedBy = (secret: string, secondsAgo = 0): Headers =>
  signedHeaders(new Secret(secret), {
    id: 'msg_1',
    timestamp: Math.floor(Date.now() / 1000) - secondsAgo,
    body: '{}',
  });

it('the receiver of the documentation accepts what the gateway delivers, and nothing that was changed', async () => {
  const receiver = await startReceiver();
  const webhooks = [{ url: receiver.url, secret: SECRET, allowPrivate: true }];
  await startWatching([watchOf({ condition: 'nonEmpty', webhooks })]);
  await receiver.untilReceived(1);
  const [{ headers, body } = { headers: {}, body: '' }] = receiver.received;
  const given = headers as Headers;
  expect(isSigned(SECRET, given, body)).toBe(true);
  expect(isSigned(OTHER_SECRET, given, body)).toBe(false);
  expect(isSigned(SECRET, given, `${body} `)).toBe(false);
  expect(isSigned(SECRET, { ...given, 'webhook-id': 'msg_other' }, body)).toBe(false);
  const later = String(Number(given['webhook-timestamp']) + 1);
  expect(isSigned(SECRET, { ...given, 'webhook-timestamp': later }, body)).toBe(false);
});

it('it accepts any of several signatures, as they come while a secret is replaced', () => {
  const [given, other] = [signedBy(SECRET), signedBy(OTHER_SECRET)];
  const [right, wrong] = [given['webhook-signature'], other['webhook-signature']];
  for (const signatures of [`${wrong} ${right}`, `${right} ${wrong}`, `v1a,${'A'.repeat(86)}== ${right}`])
    expect(isSigned(SECRET, { ...given, 'webhook-signature': signatures }, '{}')).toBe(true);
  for (const signatures of [`${wrong} ${wrong}`, '', 'v1', 'v1,', right?.replace('v1,', 'v2,')])
    expect(isSigned(SECRET, { ...given, 'webhook-signature': signatures }, '{}')).toBe(false);
});

it.each(['webhook-id', 'webhook-timestamp', 'webhook-signature'])('it refuses what has no %s', (name) => {
  const { [name]: _, ...others } = signedBy(SECRET);
  expect(isSigned(SECRET, others, '{}')).toBe(false);
});

it('it refuses what was signed more than five minutes ago, or is signed for later', () => {
  expect(isSigned(SECRET, signedBy(SECRET, 290), '{}')).toBe(true);
  expect(isSigned(SECRET, signedBy(SECRET, 310), '{}')).toBe(false);
  expect(isSigned(SECRET, signedBy(SECRET, -310), '{}')).toBe(false);
});
