import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createRandom } from '#demo/random.ts';
import { type MovingCompany, startMovingCompany } from '../../support/history/moving-company.ts';
import { namesIn } from '../../support/history/questions.ts';

interface Arrow {
  readonly from: string;
  readonly to: string;
  readonly kind: string;
  readonly relationship: string | null;
}

interface Graph {
  readonly vertices: readonly { readonly id: string }[];
  readonly arrows: readonly Arrow[];
}

interface Diff {
  readonly vertices: readonly { readonly id: string; readonly difference: string }[];
  readonly arrows: readonly { readonly difference: string; readonly arrow: Arrow }[];
}

const ARROW = 'from to kind relationship';
const listOf = (ids: readonly string[]) => JSON.stringify(ids);
const keyOf = ({ from, to, kind, relationship }: Arrow) => [from, to, kind, relationship].join(' ');
const isAsset = (id: string) => /^(Resource|Host|Service):/.test(Buffer.from(id, 'base64url').toString());

const ask = async <Data>(company: MovingCompany, question: string): Promise<Data> => {
  const { data, errors } = await company.ask<Data>('both', `{ ${question} }`);
  expect(errors).toBeUndefined();
  return data;
};

const graphAt = async (
  company: MovingCompany,
  time: string,
  roots: readonly string[],
  depth: number,
): Promise<Graph> => {
  const graph = `graph(roots: ${listOf(roots)}, depth: ${depth}, maxVertices: 5000) { vertices { id } arrows { ${ARROW} } }`;
  return (await ask<{ asOf: { graph: Graph } }>(company, `asOf(time: "${time}") { ${graph} }`)).asOf.graph;
};

const thereAt = async (company: MovingCompany, time: string, ids: readonly string[]): Promise<ReadonlySet<string>> => {
  const nodes = `nodes(ids: ${listOf(ids)}) { id }`;
  const { asOf } = await ask<{ asOf: { nodes: ({ id: string } | null)[] } }>(
    company,
    `asOf(time: "${time}") { ${nodes} }`,
  );
  return new Set(asOf.nodes.flatMap((node) => (node ? [node.id] : [])));
};

const diffBetween = async (
  company: MovingCompany,
  from: string,
  to: string,
  around: readonly string[],
): Promise<Diff> => {
  const selected = `vertices { id difference } arrows { difference arrow { ${ARROW} } }`;
  const args = `from: "${from}", to: "${to}", around: ${listOf(around)}, depth: 1, maxVertices: 5000`;
  return (await ask<{ diff: Diff }>(company, `diff(${args}) { ${selected} }`)).diff;
};

/** What two answers about two moments say of it: neither is wrong, so the diff must say the same. */
const expectedOf = async (company: MovingCompany, from: string, to: string, around: readonly string[]) => {
  const times = [from, to];
  const graphs = await Promise.all(times.map((time) => graphAt(company, time, around, 1)));
  const ids = [...new Set(graphs.flatMap(({ vertices }) => vertices.map(({ id }) => id)))];
  const assets = ids.filter(isAsset);
  const [before, after] = await Promise.all(times.map((time) => thereAt(company, time, assets)));
  // At most 50 roots a question.
  const arrowsAt = async (time: string) => {
    const parts = Array.from({ length: Math.ceil(ids.length / 50) }, (_, i) => ids.slice(i * 50, (i + 1) * 50));
    const shown = await Promise.all(parts.map((part) => graphAt(company, time, part, 1)));
    const within = shown
      .flatMap(({ arrows }) => arrows)
      .filter((arrow) => ids.includes(arrow.from) && ids.includes(arrow.to));
    return new Set(within.map(keyOf));
  };
  const [former, later] = await Promise.all(times.map(arrowsAt));
  const not = (one: ReadonlySet<string> | undefined, other: ReadonlySet<string> | undefined) =>
    [...(one ?? [])].filter((key) => !other?.has(key)).sort();
  return {
    vertices: { ADDED: not(after, before), REMOVED: not(before, after) },
    arrows: { ADDED: not(later, former), REMOVED: not(former, later) },
  };
};

const told = ({ vertices, arrows }: Diff) => {
  const ofKind = (kind: string) => ({
    vertices: vertices
      .filter(({ id, difference }) => difference === kind && isAsset(id))
      .map(({ id }) => id)
      .sort(),
    arrows: arrows
      .filter(({ difference }) => difference === kind)
      .map(({ arrow }) => keyOf(arrow))
      .sort(),
  });
  const [added, removed] = [ofKind('ADDED'), ofKind('REMOVED')];
  return {
    vertices: { ADDED: added.vertices, REMOVED: removed.vertices },
    arrows: { ADDED: added.arrows, REMOVED: removed.arrows },
  };
};

it('a diff says of any two moments what answers about both say, either way round', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'history-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  const company = await startMovingCompany(7, { index: { directory } });
  onTestFinished(() => company.close());
  const random = createRandom('diffs');
  const { host, resource, service } = await namesIn({ query: (document) => company.ask('both', document) });
  const { data } = await company.ask<{ hosts: { nodes: { id: string }[] } }>(
    'both',
    '{ hosts(first: 45) { nodes { id } } }',
  );
  const around = [host, resource, service, ...data.hosts.nodes.map(({ id }) => id)];
  const times: string[] = [];
  for (let step = 0; step < 6; step++) {
    for (let i = random.int(1, 4); i > 0; i--) await company.change(random);
    await company.settle();
    if (!company.isPartial()) times.push(new Date(company.clock.now()).toISOString());
  }
  let differences = 0;
  for (let i = 0; i < 10; i++) {
    const [from, to] = [random.pick(times), random.pick(times)];
    const diff = await diffBetween(company, from, to, around);
    expect(told(diff)).toEqual(await expectedOf(company, from, to, around));
    differences += diff.arrows.length + diff.vertices.length;
    const back = told(await diffBetween(company, to, from, around));
    const { vertices, arrows } = told(diff);
    expect(back.vertices).toEqual({ ADDED: vertices.REMOVED, REMOVED: vertices.ADDED });
    expect(back.arrows).toEqual({ ADDED: arrows.REMOVED, REMOVED: arrows.ADDED });
  }
  expect(differences).toBeGreaterThan(10);
});
