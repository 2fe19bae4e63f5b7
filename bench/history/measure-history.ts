import type { VersionQuery } from '#history/history-store.ts';
import { encodeGlobalId } from '#lib/record-ref.ts';
import { createGateway } from '#server/create-gateway.ts';
import { ask } from '../ask.ts';
import { identitiesOf, type KeptHistory } from './kept-history.ts';

/** Milliseconds by what was measured, in the order of the report. */
export type Figures = Readonly<Record<string, number>>;

const PAGE = 50;
const QUESTIONS = 200;
const CHANGES = { kinds: ['ADDED', 'CHANGED', 'REMOVED'], types: ['Resource', 'Host', 'Service'] } as const;

/** Asks a history everything that the graph asks of one. */
export const measureStore = async ({ store, config }: KeptHistory): Promise<Figures> => {
  const visible = [...identitiesOf(config)].map(([name, identity]) => ({ name, identity }));
  const query = { visible, ...CHANGES };
  const [cloud] = visible;
  if (!cloud) throw new Error('Expected a source, got none.');
  const all = await store.readings({ visible: [cloud] }, Number.MAX_SAFE_INTEGER);
  const middle = all[Math.floor(all.length / 2)]?.at ?? 0;
  const [before] = await store.versions({ ...query, until: middle }, { limit: 1 });
  const changed = await store.versions({ ...query, types: ['Resource'], kinds: ['CHANGED'] }, { limit: QUESTIONS });
  const page = (of: VersionQuery) => async () => void (await store.versions(of, { limit: PAGE + 1 }));
  const oneOf = async (work: (record: (typeof changed)[number]) => Promise<unknown>) =>
    median(await each(changed, (record) => work(record)));
  return {
    'page of 50 changes, the newest': await repeated(page(query)),
    '… from the middle': await repeated(() => store.versions(query, { after: before ?? null, limit: PAGE + 1 })),
    '… the oldest': await repeated(() => store.versions(query, { fromEnd: true, limit: PAGE + 1 })),
    '… of hosts only': await repeated(page({ ...query, types: ['Host'] })),
    '… of what was removed': await repeated(page({ ...query, kinds: ['REMOVED'] })),
    '… of one asset': await oneOf((record) => store.versions({ ...query, record }, { limit: PAGE + 1 })),
    'number of all changes': await repeated(() => store.count(query)),
    'history of one asset': await oneOf((record) => store.versions({ visible, record }, { limit: PAGE + 1 })),
    'all rows of the newest reading': await timed(async () => rowsAt(store, cloud, all[0]?.at ?? 0)),
    '… of the one in the middle': await timed(async () => rowsAt(store, cloud, middle)),
    '… of the oldest one': await timed(async () => rowsAt(store, cloud, all.at(-1)?.at ?? 0)),
  };
};

/** Asks a gateway over it about a moment in the middle. */
export const measureGateway = async ({ store, config }: KeptHistory): Promise<Figures> => {
  const visible = [...identitiesOf(config)].map(([name, identity]) => ({ name, identity }));
  const readings = await store.readings({ visible }, Number.MAX_SAFE_INTEGER);
  const time = new Date(readings[Math.floor(readings.length / 2)]?.at ?? 0).toISOString();
  const versions = await store.versions({ visible, types: ['Resource'], until: Date.parse(time) }, { limit: 1000 });
  const known = versions.filter(({ value, until }) => value !== null && (until ?? Infinity) > Date.parse(time));
  const gateway = await createGateway(config);
  const asOf = async (field: string) => {
    const { ms, codes, hasData } = await ask(gateway.url, `{ asOf(time: "${time}") { ${field} } }`, {});
    if (codes.length > 0 || !hasData) throw new Error(`Expected an answer, got ${codes.join() || 'nothing'}.`);
    return ms;
  };
  const asked = known.slice(0, QUESTIONS);
  const lookups = asked.map(({ value }) => `lookup(any: ["${value?.resourceId}"]) { term }`);
  const graphs = asked.map((of) => `graph(roots: ["${encodeGlobalId(of)}"], depth: 3) { vertices { id } }`);
  const cold = await asOf('resources(first: 1) { totalCount }');
  const derived = await asOf(graphs[0] ?? '');
  const figures = {
    'first question about a moment': cold,
    'first graph of it': derived,
    'lookup, once the moment is held': median(await each(lookups, asOf)),
    'graph to depth 3, once the moment is held': median(await each(graphs.slice(1), asOf)),
  };
  await gateway.close();
  return figures;
};

const rowsAt = async (store: KeptHistory['store'], source: VersionQuery['visible'][number], time: number) => {
  const state = await store.at(source, time);
  let count = 0;
  for await (const rows of state?.rows ?? []) count += rows.length;
  return count;
};

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const started = performance.now();
  await work();
  return performance.now() - started;
};

/** One after the other, as one person would. */
const each = async <T>(items: readonly T[], work: (item: T) => Promise<unknown>): Promise<readonly number[]> => {
  const took: number[] = [];
  for (const item of items) took.push(await timed(() => work(item)));
  return took;
};

const repeated = async (work: () => Promise<unknown>): Promise<number> =>
  median(await each(Array.from({ length: 21 }), work));

export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
