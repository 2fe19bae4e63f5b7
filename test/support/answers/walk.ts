import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { createRandom, type Random } from '#demo/random.ts';
import { createWorld } from '#demo/world/world.ts';
import { changesSoFar } from '#lib/change-count.ts';
import { stateOf } from '#server/answers/source-state.ts';
import { createGateway, type Gateway } from '#server/create-gateway.ts';
import { LEASE_MS } from '#server/threads/lease.ts';
import { FakeClock } from '../fake-clock.ts';
import { type Answer, type Harness, post, startHarness } from '../harness.ts';
import { metric } from '../metrics.ts';
import { type Asked, questionsOf } from './questions.ts';

export interface WalkOptions {
  readonly seed: number;
  readonly steps: number;
  readonly index: boolean;
  /** Answering threads in front of the gateway that keeps answers. @default 0 */
  readonly threads?: number;
}

export interface WalkReport {
  /** Answers that were compared. */
  readonly compared: number;
  /** How many of them were kept ones. */
  readonly kept: number;
  /** How many of those a thread gave by itself. */
  readonly repeated: number;
  /** What differed, in words. */
  readonly differences: readonly string[];
}

type Compared = Pick<Answer<unknown>, 'status' | 'data' | 'errors'> & {
  readonly extensions?: { readonly cost?: object };
};

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const VIEWERS = ['cloud', 'network', 'both', 'nobody'] as const;
const KEYS = VIEWERS.filter((name) => name !== 'nobody').map((name) => ({ name, sha256: sha256(name), tenant: name }));
const TENANTS = {
  cloud: { sources: ['scanorbit'] },
  network: { sources: ['scanopy'] },
  both: { sources: ['scanorbit', 'scanopy'] },
};
/** A bucket that is refilled would be waited for, and time stands still while something is asked. */
const BOUNDLESS = { limit: 1_000_000_000, windowSeconds: 60, reserve: 0 };
const SECOND = 1000;
const PAUSES = [1, 2, 5, 10, 29, 31, 61, 301, 3601].map((seconds) => seconds * SECOND);

const begin = async ({ seed, index, threads = 0 }: WalkOptions) => {
  const random = createRandom(`kept answers ${seed}`);
  const clock = new FakeClock(Date.now());
  const world = createWorld({ seed, resources: 160, findings: 40, hosts: 150, now: clock.now() });
  const harness = await startHarness({
    world: () => world,
    scanorbit: [{ movingScans: false, clock: () => clock.now(), budget: BOUNDLESS }],
    scanopy: [{ clock: () => clock.now(), budget: BOUNDLESS }],
    config: {
      auth: { mode: 'api-key', keys: KEYS, tenants: TENANTS },
      index: { enabled: index, directory: null },
      server: { threads, operator: { open: true } },
    },
    deps: { clock },
  });
  return { random, clock, world, harness };
};

/**
 * The same walk with one gateway: whenever what decides an answer is otherwise than before, the number that threads see must be, too.
 * @returns how often it was, and the steps at which the number stayed
 */
export const walkAlone = async (options: WalkOptions) => {
  const { seed, steps, index } = options;
  const { random, clock, world, harness } = await begin(options);
  const still = () => stillness([harness.gateway], index ? 60 : 3);
  const ask = questionsOf(world);
  const report = { changes: 0, unseen: [] as string[] };
  const seen = () => ({ state: JSON.stringify(stateOf(harness.gateway.sources.all)), count: changesSoFar() });
  let before = seen();
  try {
    for (let step = 0; step < steps; step += 1) {
      const isQuestion = random.chance(0.6);
      const what = isQuestion
        ? 'ask'
        : await change(random, harness, world.cloud.resources, (ms) => clock.advance(ms, still));
      if (isQuestion) await post(harness.url, ask(random), { 'x-api-key': 'both' });
      await still();
      const now = seen();
      if (now.state !== before.state) {
        report.changes += 1;
        if (now.count === before.count) report.unseen.push(`seed ${seed}, step ${step}: ${what}`);
      }
      before = now;
    }
    return report;
  } finally {
    await harness.close();
  }
};

/**
 * A random walk: questions of several callers, changes at the sources, scans, keys that are refused and taken again, and time. Two
 * gateways are asked the same over the same sources, one keeps answers and the other does not; they must always say the same.
 */
export const walk = async (options: WalkOptions): Promise<WalkReport> => {
  const { seed, steps, index, threads = 0 } = options;
  const { random, clock, world, harness } = await begin(options);
  const { config } = harness;
  const plain = await createGateway(
    { ...config, cache: { ...config.cache, keptAnswersBytes: 0 }, server: { ...config.server, threads: 0 } },
    { clock },
  );
  const still = () => stillness([harness.gateway, plain], index ? 60 : 3);
  const pause = async (ms: number) => {
    await clock.advance(ms, still);
    // Threads go by the clock of the machine, and by that one, too, their leases have to end.
    if (threads > 0) await delay(LEASE_MS);
  };
  // What such a question reads is new at once, while threads hold leases of before.
  const pastCache = threads > 0 ? 0.3 : 0.03;
  const ask = questionsOf(world);
  const report = { compared: 0, kept: 0, repeated: 0, differences: [] as string[] };
  const log: string[] = [];
  let recent: (readonly [Asked, string])[] = [];

  const compare = async (asked: Asked, viewer: string, isFresh: boolean): Promise<void> => {
    const headers = { 'x-api-key': viewer, ...(isFresh && { 'cache-control': 'no-cache' }) };
    const askOf = async (gateway: Gateway) => {
      const before = leftOf(gateway);
      const answer = await post<unknown>(gateway.url, asked, headers);
      return { answer, said: said(answer, before, leftOf(gateway)) };
    };
    const [one, other] = await Promise.all([askOf(harness.gateway), askOf(plain)]);
    report.compared += 1;
    if (JSON.stringify(one.answer.extensions)?.includes('answeredAt')) report.kept += 1;
    if (one.said === other.said) return;
    report.differences.push(
      `seed ${seed}, step ${log.length}: ${viewer} asked ${JSON.stringify(asked)}${isFresh ? ' past the cache' : ''}\n` +
        `kept:  ${JSON.stringify(one.answer).slice(0, 1500)}\nplain: ${JSON.stringify(other.answer).slice(0, 1500)}\nafter: ${log.slice(-12).join(', ')}`,
    );
  };
  try {
    for (let step = 0; step < steps && report.differences.length === 0; step++) {
      if (random.chance(0.88)) {
        log.push('ask');
        const again = recent.length > 0 && random.chance(0.75);
        const [asked, viewer] = again ? random.pick(recent) : ([ask(random), random.pick(VIEWERS)] as const);
        recent = [...recent.slice(-2), [asked, viewer]];
        const times = random.chance(0.1) ? 3 : 1;
        await Promise.all(Array.from({ length: times }, () => compare(asked, viewer, random.chance(pastCache))));
        // Until a thread has been granted that it may repeat the answer, and does.
        for (let i = 0; i < 3 * threads; i += 1) await compare(asked, viewer, false);
      } else {
        log.push(await change(random, harness, world.cloud.resources, pause));
      }
      await still();
    }
    report.repeated = await metric(harness, 'inventory_repeated_answers_total');
    return report;
  } finally {
    await plain.close();
    await harness.close();
  }
};

/**
 * What is compared of an answer. Of what is left of a source's budget, it is whether this gateway had it left while it answered: of two
 * gateways, one may have read a page for its index that the other already had, but each must say its own number.
 */
const said = ({ status, data, errors }: Compared, before: Left, after: Left): string =>
  JSON.stringify(
    [status, data, errors?.map(({ path, extensions }) => [path, extensions.code])],
    (_key, value: { readonly name: string; readonly budget?: { readonly remaining: number } } | null) => {
      if (!value?.budget) return value;
      const [most = Number.NaN, least = Number.NaN] = [before.get(value.name), after.get(value.name)];
      const { remaining } = value.budget;
      return { ...value, budget: remaining >= least && remaining <= most ? 'its own' : remaining - most };
    },
  );

type Left = ReadonlyMap<string, number>;

const leftOf = ({ sources }: Gateway): Left =>
  new Map(sources.all.all.map(({ name, client }) => [name, client.status().budget.remaining]));

type Row = { readonly id: string; readonly accountId: string };

/** Something changes at a source, or time goes on. @returns what, in a word */
const change = async (
  random: Random,
  { scanorbit: [cloud], scanopy: [network] }: Harness,
  rows: readonly Row[],
  pause: (ms: number) => Promise<void>,
): Promise<string> => {
  if (!cloud || !network || random.chance(0.4)) {
    const ms = random.pick(PAUSES);
    await pause(ms);
    return `${ms / SECOND} s`;
  }
  const what = random.pick(['tags', 'scan', 'cancel', 'refuse', 'accept', 'session', 'upgrade'] as const);
  const resource = random.pick(rows);
  switch (what) {
    case 'tags':
      cloud.editTags(resource.id, { Name: `named ${random.hex(4)}` });
      break;
    case 'scan':
      cloud.completeScan(resource.accountId);
      break;
    case 'cancel':
      cloud.cancelScan(resource.accountId);
      break;
    case 'refuse':
      random.chance(0.5) ? cloud.faults.add({ kind: 'unauthorized' }) : network.setKeyState('disabled');
      break;
    case 'accept':
      cloud.faults.clear();
      network.setKeyState('active');
      break;
    case 'session':
      network.finishDiscovery();
      break;
    case 'upgrade':
      network.setVersion(random.pick(['0.15.2', '0.16.0', '0.17.22']));
      break;
  }
  return what;
};

/** Until neither gateway reads anything in the background, so that both have read the same. */
export const stillness = async (gateways: readonly Gateway[], turns: number): Promise<void> => {
  const state = () =>
    JSON.stringify(
      gateways.map(({ sources }) => sources.all.all.map(({ client, index }) => [client.revision(), index?.status()])),
    );
  for (let before = '', same = 0; same < turns; ) {
    await new Promise((resolve) => setImmediate(resolve));
    const now = state();
    same = now === before ? same + 1 : 0;
    before = now;
  }
};
