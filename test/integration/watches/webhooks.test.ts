import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Webhook } from 'standardwebhooks';
import { expect, it, onTestFinished } from 'vitest';
import { createGateway } from '#server/create-gateway.ts';
import { pauseAfterAttempt } from '#watches/webhooks/retry-schedule.ts';
import { collectedLogs } from '../../support/collected-logs.ts';
import { until } from '../../support/until.ts';
import { type Receiver, startReceiver } from '../../support/watches/receiver.ts';
import { SECRET, startWatching, type WatchingGateway, watchOf } from '../../support/watches/watching-gateway.ts';

const MINUTE = 60_000;

/** A watch whose condition is met from the start: an event is on its way. */
const startFired = (receiver: Receiver, webhook: object = {}, deps: object = {}) => {
  const webhooks = [{ url: receiver.url, secret: SECRET, allowPrivate: true, ...webhook }];
  return startWatching([watchOf({ condition: 'nonEmpty', webhooks })], {
    deps: { watches: { random: () => 0.5 }, ...deps },
  });
};

interface Watches {
  readonly watches: readonly { readonly pendingDeliveries: number }[];
}

const pending = async ({ harness }: WatchingGateway) => {
  const { data } = await harness.query<Watches>('{ watches { pendingDeliveries } }');
  return data.watches[0]?.pendingDeliveries;
};

const metrics = async ({ harness }: WatchingGateway) => (await fetch(new URL('/metrics', harness.url))).text();

const attempts = async (watching: WatchingGateway) => {
  const lines = (await metrics(watching))
    .split('\n')
    .filter((line) => line.startsWith('inventory_webhook_attempts_total{'));
  return lines.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
};

/** Lets the attempt before end, and moves the clock to the next one. */
const untilAttempt = async (watching: WatchingGateway, { received }: Receiver, count: number) => {
  await until(async () => (await attempts(watching)) >= count - 1);
  watching.clock.skip(30 * MINUTE);
  await until(() => received.length >= count);
};

it('a webhook is signed so that an independent implementation accepts it, and nobody who changes it', async () => {
  const receiver = await startReceiver();
  const watching = await startFired(receiver);
  await receiver.untilReceived(1);
  const [{ headers, body } = { headers: {}, body: '' }] = receiver.received;
  const webhook = new Webhook(SECRET);
  const signed = headers as Record<string, string>;
  expect(webhook.verify(body, signed)).toMatchObject({ watch: 'hosts', condition: 'nonEmpty' });
  expect(() => webhook.verify(`${body} `, signed)).toThrow();
  expect(() => new Webhook(`whsec_${Buffer.alloc(32, 8).toString('base64')}`).verify(body, signed)).toThrow();
  await until(async () => (await pending(watching)) === 0);
});

it('an event reaches a receiver that is down for an hour, under the same id', async () => {
  const first = await startReceiver();
  await first.close();
  const watching = await startFired(first);
  // The sixth attempt is half an hour after the first, the seventh an hour and a half after that.
  for (let made = 1; made <= 6; made++) {
    await until(async () => (await attempts(watching)) === made);
    watching.clock.skip(made < 6 ? pauseAfterAttempt(made, 0.5) : 32 * MINUTE);
  }
  expect(await pending(watching)).toBe(1);
  const back = await startReceiver(Number(new URL(first.url).port));
  watching.clock.skip(60 * MINUTE);
  await back.untilReceived(1);
  await until(async () => (await pending(watching)) === 0);
  expect(back.received[0]?.headers['webhook-id']).toMatch(/^msg_/);
});

it('what fails with 500 or in time is sent again with the same id and a new timestamp, at growing intervals', async () => {
  const receiver = await startReceiver();
  receiver.reply = { status: 500 };
  const watching = await startFired(receiver);
  await receiver.untilReceived(1);
  await untilAttempt(watching, receiver, 2);
  receiver.reply = { isSilent: true };
  await untilAttempt(watching, receiver, 3);
  watching.clock.skip(MINUTE);
  receiver.reply = {};
  await untilAttempt(watching, receiver, 4);
  await until(async () => (await pending(watching)) === 0);
  const headers = receiver.received.map((one) => one.headers);
  expect(new Set(headers.map((one) => one['webhook-id'])).size).toBe(1);
  expect(new Set(receiver.received.map(({ body }) => body)).size).toBe(1);
  expect(new Set(headers.map((one) => one['webhook-timestamp'])).size).toBe(4);
  expect(new Set(headers.map((one) => one['webhook-signature'])).size).toBe(4);
});

it('nothing is sent before the time that a receiver asked for', async () => {
  const receiver = await startReceiver();
  receiver.reply = { status: 429, headers: { 'retry-after': '7200' } };
  const watching = await startFired(receiver);
  await receiver.untilReceived(1);
  receiver.reply = {};
  await until(async () => (await attempts(watching)) === 1);
  watching.clock.skip(115 * MINUTE);
  await new Promise((resolve) => setImmediate(resolve));
  expect(await pending(watching)).toBe(1);
  expect(receiver.received).toHaveLength(1);
  watching.clock.skip(6 * MINUTE);
  await receiver.untilReceived(2);
  await until(async () => (await pending(watching)) === 0);
});

it('a redirect is a failure, and is not followed', async () => {
  const [receiver, inside] = [await startReceiver(), await startReceiver()];
  receiver.reply = { status: 307, headers: { location: inside.url } };
  const watching = await startFired(receiver, { attempts: 2 });
  await untilAttempt(watching, receiver, 2);
  await until(async () => (await pending(watching)) === 0);
  expect(inside.received).toHaveLength(0);
});

it('what no attempt delivers goes to the dead letters, without the address or the secret', async () => {
  const receiver = await startReceiver();
  receiver.reply = { status: 500 };
  const watching = await startFired(receiver, { attempts: 2, url: `${receiver.url}/token-in-the-path` });
  await untilAttempt(watching, receiver, 2);
  await until(async () => (await pending(watching)) === 0);
  const text = await readFile(join(watching.directory, 'watches-dead-letters.jsonl'), 'utf8');
  const [letter, ...others] = text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(others).toEqual([]);
  expect(letter).toMatchObject({
    watch: 'hosts',
    failure: 'STATUS_500',
    attempts: 2,
    host: new URL(receiver.url).host,
  });
  expect(letter.id).toBe(receiver.received[0]?.headers['webhook-id']);
  expect(letter.body).toBe(receiver.received[0]?.body);
  const kept = await readFile(join(watching.directory, 'watches.json'), 'utf8');
  for (const written of [text, kept]) {
    expect(written).not.toContain('token-in-the-path');
    expect(written).not.toContain(SECRET);
  }
  watching.clock.skip(24 * 60 * MINUTE);
  expect(receiver.received).toHaveLength(2);
});

it('an event that was not delivered before a restart is delivered after it, once and under its id, and is not told anew', async () => {
  const receiver = await startReceiver();
  receiver.reply = { status: 500 };
  const watching = await startFired(receiver);
  await receiver.untilReceived(1);
  await watching.harness.gateway.close();
  receiver.reply = {};
  const again = await createGateway(watching.harness.config, { clock: watching.clock });
  onTestFinished(() => again.close());
  const page = async () => (await fetch(new URL('/metrics', again.url))).text();
  await until(async () => (await page()).includes('inventory_watch_runs_total{watch="hosts",outcome="quiet"}'));
  expect(await page()).not.toContain('outcome="fired"');
  watching.clock.skip(MINUTE);
  await receiver.untilReceived(2);
  const ids = receiver.received.map(({ headers }) => headers['webhook-id']);
  expect(ids).toHaveLength(2);
  expect(ids[1]).toBe(ids[0]);
});

it('a name is looked up once for each attempt, and nothing is sent where it leads to a private address', async () => {
  const receiver = await startReceiver();
  const { port } = new URL(receiver.url);
  let lookups = 0;
  const resolve = (_: string, __: object, done: (error: null, addresses: { address: string; family: 4 }[]) => void) => {
    lookups += 1;
    done(null, [{ address: '127.0.0.1', family: 4 }]);
  };
  const url = `https://hooks.example.com:${port}/`;
  const watching = await startFired(
    receiver,
    { url, allowPrivate: false, attempts: 2 },
    { watches: { resolve, random: () => 0.5 } },
  );
  await until(async () => {
    watching.clock.skip(MINUTE);
    return (await pending(watching)) === 0;
  });
  expect(lookups).toBe(2);
  expect(receiver.received).toHaveLength(0);
  const text = await readFile(join(watching.directory, 'watches-dead-letters.jsonl'), 'utf8');
  expect(JSON.parse(text)).toMatchObject({ failure: 'PRIVATE_ADDRESS', attempts: 2 });
});

it('no log line holds a secret or the path of a receiver', async () => {
  const receiver = await startReceiver();
  receiver.reply = { status: 500 };
  const { startHarness } = await import('../../support/harness.ts');
  const bare = await startHarness({ config: { log: { level: 'trace' } } });
  const { logger, lines } = collectedLogs(bare.config);
  await bare.close();
  const watching = await startFired(receiver, { attempts: 1, url: `${receiver.url}/token-in-the-path` }, { logger });
  await until(async () => (await pending(watching)) === 0);
  const told = lines.join('');
  expect(told).toContain('An event of a watch was not delivered');
  expect(told).toContain('STATUS_500');
  expect(told).not.toContain('token-in-the-path');
  expect(told).not.toContain(SECRET);
});
