import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { createWorld } from '#demo/world/world.ts';
import { readingOf, rowsOfSnapshot } from '#history/rows-of-snapshot.ts';
import { encodeGlobalId } from '#lib/record-ref.ts';
import { createGateway } from '#server/create-gateway.ts';
import { defineConfig } from '#sources/kinds.ts';
import { type Harness, post, startHarness } from '../../support/harness.ts';
import { replaceNetwork, startWithHistory } from '../../support/history/gateway-with-history.ts';
import { askedOf, namesIn, questionsAbout } from '../../support/history/questions.ts';

type Started = Awaited<ReturnType<typeof startWithHistory>>;

const gone = ({ store, visible }: Pick<Started, 'store' | 'visible'>, harness: Harness, type: 'Host' | 'Service') =>
  vi.waitFor(
    async () => {
      // Asked, or the index would not look again.
      await harness.query('{ changes { totalCount } }');
      expect(await store.count({ visible, types: [type], kinds: ['REMOVED'] })).toBe(1);
    },
    { timeout: 90_000, interval: 200 },
  );

const untilKept = ({ store, visible }: Pick<Started, 'store' | 'visible'>, sources = 2) =>
  vi.waitFor(async () => expect((await store.earliest(visible)).size).toBe(sources), { timeout: 60_000 });

const HOSTS = 'query ($time: DateTime!) { asOf(time: $time) { hosts(first: 1) { totalCount } } }';

const now = () => new Date().toISOString();

it('a question about a moment is answered as it was then, and asks no upstream', async () => {
  // However slow the machine is, nothing is read again meanwhile.
  const started = await startWithHistory(3600);
  const { harness } = started;
  await untilKept(started);
  const questions = Object.entries(questionsAbout(await namesIn(harness)));
  const asked = await Promise.all(questions.map(([, question]) => harness.query(`{ ${question} }`)));
  const time = now();
  harness.resetUpstreamCalls();
  for (const [i, [name, question]] of questions.entries()) {
    const { data, errors, extensions } = await harness.query<{ asOf: object }>(askedOf(time, question));
    expect([name, data?.asOf, errors]).toEqual([name, asked[i]?.data, undefined]);
    expect(extensions.cost).toMatchObject({ requests: {}, estimated: { SCANORBIT: 0, SCANOPY: 0 } });
  }
  expect(harness.upstreamCalls()).toBe(0);
});

it('two moments in one question are answered by two readings, each with what it consists of', async () => {
  const started = await startWithHistory();
  const { world, harness } = started;
  await untilKept(started);
  const before = now();
  const host = world.network.hosts.find(({ hostname }) => hostname !== null);
  const hosts = world.network.hosts.map((row) => (row === host ? { ...row, hostname: 'renamed.example' } : row));
  await replaceNetwork(harness, { ...world.network, hosts: hosts.slice(0, -1) });
  await gone(started, harness, 'Host');
  const selected = `
    hosts(first: 1, filter: { search: "${host?.hostname}" }) { nodes { hostname history { totalCount nodes { until } } } }
    all: hosts(first: 1) { totalCount }
    readings { source time isComplete parts { kind id readAt isWhole } }`;
  const { data, errors } = await harness.query<Record<'then' | 'later', Record<string, never>>>(
    `query ($before: DateTime!, $now: DateTime!) { then: asOf(time: $before) { ${selected} } later: asOf(time: $now) { ${selected} } }`,
    { before, now: now() },
  );
  expect(errors).toBeUndefined();
  const [known, total] = [
    { hostname: host?.hostname, history: { totalCount: 1, nodes: [{ until: null }] } },
    hosts.length,
  ];
  expect(data.then).toMatchObject({ hosts: { nodes: [known] }, all: { totalCount: total } });
  expect(data.later).toMatchObject({ hosts: { nodes: [] }, all: { totalCount: total - 1 } });
  const readings = data.then.readings as unknown as readonly { readonly source: string; readonly time: string }[];
  expect(readings.map(({ source }) => source)).toEqual(['scanorbit', 'scanopy']);
  expect(readings.every(({ time }) => time <= before)).toBe(true);
  expect(data.later.readings).toMatchObject([
    { isComplete: true, parts: expect.arrayContaining([expect.objectContaining({ kind: 'ACCOUNT', isWhole: true })]) },
    { isComplete: true, parts: expect.arrayContaining([expect.objectContaining({ kind: 'NETWORK', isWhole: true })]) },
  ]);
});

it('a time before everything, in the future, or none at all is refused with what would do', async () => {
  const started = await startWithHistory();
  await untilKept(started);
  const { harness, store, visible } = started;
  const earliest = new Date(Math.min(...(await store.earliest(visible)).values())).toISOString();
  const ask = async (time: string) => {
    const { data, errors } = await harness.query<{ asOf: null }>(HOSTS, { time });
    return [data?.asOf, errors?.map(({ message, extensions }) => [message, extensions.code, extensions.earliest])];
  };
  expect(await ask('2020-01-01T00:00:00Z')).toEqual([
    null,
    [[expect.stringContaining(`Expected a time from ${earliest} on`), 'HISTORY_UNAVAILABLE', earliest]],
  ]);
  expect(await ask('2100-01-01T00:00:00Z')).toEqual([
    null,
    [[expect.stringContaining('Expected a time that has passed'), 'BAD_USER_INPUT', undefined]],
  ]);
  expect(await ask('2026-13-45T00:00:00Z')).toEqual([
    null,
    [[expect.stringContaining('Expected a time, got'), 'BAD_USER_INPUT', undefined]],
  ]);
});

it('what no reading has is null with an error that says so, and everything else is answered', async () => {
  const started = await startWithHistory();
  await untilKept(started);
  const { data, errors } = await started.harness.query<{ asOf: object }>(
    askedOf(now(), 'hosts(first: 1) { totalCount } resources(filter: { cost: PAID }) { totalCount }'),
  );
  expect(data.asOf).toMatchObject({ hosts: { totalCount: expect.any(Number) }, resources: null });
  expect(errors).toMatchObject([
    { path: ['asOf', 'resources'], extensions: { code: 'HISTORY_UNAVAILABLE', reason: 'NOT_KEPT' } },
  ]);
});

it('what a reading is known to lack is unknown then: lists count it, and say that it is missing', async () => {
  const started = await startWithHistory();
  const { harness, store, visible } = started;
  await untilKept(started);
  const [snapshot] = harness.gateway.sources.all.inventory.read().network;
  const identity = visible.find(({ name }) => name === 'scanopy')?.identity ?? '';
  if (!snapshot) throw new Error('Expected a snapshot of the network.');
  const hosts = new Map([...snapshot.hosts].slice(2));
  const partial = { ...snapshot, hosts, readAt: now(), missing: { hosts: 2, others: 0 } };
  await store.append(readingOf(partial, identity, Date.now()), rowsOfSnapshot(partial));
  const lost = encodeGlobalId([...snapshot.hosts.values()][0] ?? { type: 'Host', source: '', id: '' });
  const selected = `
    hosts(first: 1) { totalCount } correlations(first: 1) { totalCount }
    readings { source isComplete parts { kind isWhole } }`;
  const { data, errors } = await harness.query<{ asOf: object }>(askedOf(partial.readAt, selected));
  expect(data.asOf).toMatchObject({
    hosts: { totalCount: snapshot.hosts.size },
    readings: [
      { isComplete: true },
      { isComplete: false, parts: expect.arrayContaining([{ kind: 'NETWORK', isWhole: false }]) },
    ],
  });
  expect(errors).toMatchObject(
    expect.arrayContaining([
      expect.objectContaining({
        path: ['asOf', 'correlations'],
        extensions: expect.objectContaining({ reason: 'INDEX_INCOMPLETE' }),
      }),
    ]),
  );
  const whole = await harness.query<{ asOf: object }>(askedOf(partial.readAt, 'hosts(first: 500) { nodes { id } }'));
  expect(whole.errors).toMatchObject([{ extensions: { source: 'scanopy', missing: 2 } }]);
  const [from, to] = [snapshot.readAt, partial.readAt];
  const diff = `{ diff(from: "${from}", to: "${to}", around: ["${lost}"], depth: 0) { vertices { id difference } } }`;
  const { diff: differences } = (await harness.query<{ diff: object }>(diff)).data;
  expect(differences).toEqual({ vertices: [{ id: lost, difference: 'UNKNOWN' }] });
});

it('when each source was read, and how much of it, can be paged, and narrowed by time and source', async () => {
  const started = await startWithHistory();
  await untilKept(started);
  const { harness } = started;
  interface Page {
    readonly readings: {
      readonly totalCount: number;
      readonly nodes: readonly { readonly source: string; readonly time: string; readonly isComplete: boolean }[];
    } | null;
  }
  const until = now();
  const ask = async (args: string) => {
    const selected = 'totalCount nodes { source time isComplete parts { kind id readAt isWhole } }';
    const { data, errors } = await harness.query<Page>(`{ readings(${args}) { ${selected} } }`);
    return errors ? errors.map(({ extensions }) => extensions.code) : data.readings;
  };
  const all = await ask(`until: "${until}"`);
  const times = (all as NonNullable<Page['readings']>).nodes.map(({ time }) => time);
  expect(times).toEqual(times.toSorted().toReversed());
  expect(all).toHaveProperty('totalCount', times.length);
  const [whole] = (all as NonNullable<Page['readings']>).nodes.filter(({ isComplete }) => isComplete);
  expect(whole).toHaveProperty('parts', expect.arrayContaining([expect.objectContaining({ isWhole: true })]));
  expect(await ask(`until: "${until}", source: "scanopy"`)).toMatchObject({ nodes: [{ source: 'scanopy' }] });
  expect(await ask(`since: "${until}", until: "${until}"`)).toEqual({ totalCount: 0, nodes: [] });
  expect(await ask('source: "nowhere"')).toEqual(['BAD_USER_INPUT']);
  expect(await ask('since: "2026-13-45T00:00:00Z"')).toEqual(['BAD_USER_INPUT']);
});

it('an operation that is not executed here is refused rather than answered about now', async () => {
  const started = await startWithHistory();
  await untilKept(started);
  const time = now();
  for (const beside of ['__type(name: "Host") { name }', '... @defer { accounts { name } }']) {
    const response = await fetch(started.harness.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'multipart/mixed, application/json' },
      body: JSON.stringify({ query: `{ asOf(time: "${time}") { hosts(first: 1) { totalCount } } ${beside} }` }),
    });
    const text = await response.text();
    expect(text).toContain('Expected a question about the past in an operation without');
    expect(text).not.toContain('totalCount');
  }
});

/** A gateway over some of a harness's servers, which keeps its history in `directory`. */
const gatewayOver = async ({ config }: Harness, names: readonly string[], directory: string) => {
  const sources = config.sources.filter(({ name }) => names.includes(name));
  const gateway = await createGateway(
    defineConfig({
      sources: sources.map(({ apiKey, ...source }) => ({ ...source, ...(apiKey && { apiKey: apiKey.reveal() }) })),
      ...{ index: { directory }, server: { port: 0 }, log: { level: 'silent' } },
    }),
  );
  onTestFinished(() => gateway.close());
  const ask = (query: string) => post<{ asOf: object | null }>(gateway.url, { query });
  const untilAnswered = (question: string) =>
    vi.waitFor(async () => expect((await ask(askedOf(now(), question))).errors).toBeUndefined(), {
      ...{ timeout: 60_000, interval: 50 },
    });
  return { gateway, ask, untilAnswered };
};

it('a source that was first read later is unknown then, which is said beside what others held', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'history-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  const world = createWorld({ seed: 5, resources: 200, hosts: 150 });
  const servers = await startHarness({ scanorbit: [{ movingScans: false }], scanopy: [{}], world: () => world });
  onTestFinished(() => servers.close());
  const alone = await gatewayOver(servers, ['scanorbit'], directory);
  await alone.untilAnswered('resources(first: 1) { totalCount }');
  const before = now();
  await alone.gateway.close();
  const both = await gatewayOver(servers, ['scanorbit', 'scanopy'], directory);
  await both.untilAnswered('hosts(first: 1) { totalCount }');
  const host = await both.ask('{ hosts(first: 1) { nodes { id } } }').then(hostIn);
  const selected = 'resources(first: 1) { totalCount } hosts(first: 1) { totalCount } readings { source }';
  const { data, errors } = await both.ask(askedOf(before, selected));
  expect(data.asOf).toMatchObject({ resources: { totalCount: 200 }, hosts: null, readings: [{ source: 'scanorbit' }] });
  expect(errors).toMatchObject([
    {
      path: ['asOf', 'hosts'],
      extensions: {
        code: 'HISTORY_UNAVAILABLE',
        reason: 'NOT_READ_YET',
        source: 'scanopy',
        earliest: expect.any(String),
      },
    },
  ]);
  const diff = `{ diff(from: "${before}", around: ["${host}"], depth: 0) { vertices { id difference } } }`;
  expect((await both.ask(diff)).data).toMatchObject({ diff: { vertices: [{ id: host, difference: 'UNKNOWN' }] } });
});

const hostIn = ({ data }: { readonly data: unknown }): string =>
  (data as { hosts: { nodes: { id: string }[] } }).hosts.nodes[0]?.id ?? '';

it('what differs around an asset between two moments is told, with both moments, and what is alike is not', async () => {
  const started = await startWithHistory();
  const { world, harness } = started;
  await untilKept(started);
  const from = now();
  const host = world.network.hosts.find(({ hostname, services }) => hostname !== null && services.length > 1);
  const [lost] = host?.services ?? [];
  const changed = (row: (typeof world.network.hosts)[number]) =>
    row === host ? { ...row, hostname: 'renamed.example', services: row.services.filter((one) => one !== lost) } : row;
  await replaceNetwork(harness, { ...world.network, hosts: world.network.hosts.map(changed) });
  await gone(started, harness, 'Service');
  const [id, service] = [
    encodeGlobalId({ type: 'Host', source: 'scanopy', id: host?.id ?? '' }),
    encodeGlobalId({ type: 'Service', source: 'scanopy', id: lost?.id ?? '' }),
  ];
  const ask = async (question: string) => {
    const { data, errors, extensions } = await harness.query<{ diff: object }>(`{ ${question} }`);
    expect([errors, extensions.cost.requests]).toEqual([undefined, {}]);
    return data.diff;
  };
  const titles = `before { host(id: "${id}") { hostname } } after { host(id: "${id}") { hostname } readings { source } }`;
  const selected = `vertices { id difference title target { kind } fields { name before after } } arrows { difference arrow { from to kind } }`;
  const diff = await ask(`diff(from: "${from}", around: ["${id}"]) { ${selected} ${titles} }`);
  expect(diff).toMatchObject({
    ...{
      before: { host: { hostname: host?.hostname } },
      after: { host: { hostname: 'renamed.example' } },
    },
    after: { readings: [{ source: 'scanorbit' }, { source: 'scanopy' }] },
    arrows: [{ difference: 'REMOVED', arrow: { from: service, to: id, kind: 'RUNS_ON' } }],
  });
  const byId = (a: { readonly id: string }, b: { readonly id: string }) => (a.id < b.id ? -1 : 1);
  const vertices = [
    { id: service, difference: 'REMOVED', title: lost?.name, target: null, fields: [] },
    {
      ...{ id, difference: 'CHANGED', title: expect.any(String), target: null },
      fields: expect.arrayContaining([{ name: 'hostname', before: host?.hostname, after: 'renamed.example' }]),
    },
  ];
  expect(diff).toHaveProperty('vertices', vertices.toSorted(byId));
  const same = await ask(
    `diff(from: "${from}", to: "${from}", around: ["${id}"]) { vertices { id } arrows { difference } }`,
  );
  expect(same).toEqual({ vertices: [], arrows: [] });
  const back = await ask(`diff(from: "${now()}", to: "${from}", around: ["${id}"]) { vertices { id difference } }`);
  expect(back).toMatchObject({ vertices: expect.arrayContaining([{ id: service, difference: 'ADDED' }]) });
});
