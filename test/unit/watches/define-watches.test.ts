import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import type { ConfigInput } from '#config/config.ts';
import { ConfigError, type ConfigProblem } from '#config/config-error.ts';
import { parseQuestion } from '#questions/question.ts';
import { readQuestions } from '#questions/read-questions.ts';
import { defineConfig } from '#sources/kinds.ts';
import { defineWatches } from '#watches/define-watches.ts';
import { identityOf } from '#watches/watch.ts';
import { schema } from '../../../src/schema.ts';

type WatchInput = NonNullable<ConfigInput['watches']>[number];

/** `machines` stands in two places, of which only the second has rows. */
const HOSTS = `query Hosts($search: String, $most: Int!) {
  ...Counted
  machines: hosts(first: $most, filter: { search: $search }) { totalCount ...Rows }
  ... on Query { vlans { name } }
}
fragment Counted on Query {
  machines: hosts(first: $most, filter: { search: $search }) { pageInfo { hasNextPage } }
  networkTags { name }
}
fragment Rows on HostConnection { nodes { id services { name } } }`;
const questions = [...readQuestions(schema, null), parseQuestion('hosts', HOSTS, schema)];

const defined = (...watches: readonly Partial<WatchInput>[]) => {
  const config = defineConfig({
    sources: [{ kind: 'scanopy', name: 'network', url: 'https://scanopy.example.com', apiKey: 'scp_u_key' }],
    watches: watches.map((of, i) => ({
      ...{ name: `watch-${i}`, operation: 'hosts', condition: 'changed', variables: { most: 5 } },
      ...of,
    })),
  });
  return defineWatches(config.watches, schema, questions);
};

const problemsOf = (...watches: readonly Partial<WatchInput>[]): readonly ConfigProblem[] => {
  try {
    defined(...watches);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
};

it('a watch has the question that it names, as people or as assistants write it', () => {
  const [own, other] = defined(
    { path: 'machines' },
    { operation: 'colliding_ranges', variables: {}, condition: 'nonEmpty' },
  );
  expect(own).toMatchObject({ name: 'watch-0', question: { name: 'hosts' }, path: ['machines'], viewer: null });
  expect([...(own?.sides ?? [])]).toEqual(['NETWORK']);
  expect(other).toMatchObject({ question: { name: 'colliding-ranges' }, path: null, condition: 'nonEmpty' });
});

it.each<[string, Partial<WatchInput>, string, string]>([
  [
    'a question that is nearly called so',
    { operation: 'colliding-range' },
    'operation',
    'expected the name of a question, got "colliding-range"; did you mean "colliding-ranges"?',
  ],
  [
    'no question',
    { operation: 'nothing-like-it-at-all' },
    'operation',
    'expected the name of a question, got "nothing-like-it-at-all"; "inventory-gateway ask --list" shows them',
  ],
  [
    'a variable that the question has not',
    { variables: { most: 5, least: 1 } },
    'variables',
    'expected variables of the question (search, most), got "least"',
  ],
  [
    'a variable without the value that it must have',
    { variables: {} },
    'variables',
    'expected to fit, got: Variable "$most" of required type "Int!" was not provided.',
  ],
  [
    'a variable of another type',
    { variables: { most: 'many' } },
    'variables',
    'expected to fit, got: Variable "$most" got invalid value "many"; Int cannot represent non-integer value: "many"',
  ],
  [
    'a path of other names than the answer has',
    { path: 'hosts' },
    'path',
    'expected a field of the question (machines, networkTags, vlans), got "hosts"',
  ],
  [
    'a path that goes on where nothing is below',
    { path: 'machines.totalCount.nodes' },
    'path',
    'expected "totalCount" to be the last',
  ],
  ['a path to what is no list', { path: 'machines.totalCount' }, 'path', 'expected a list, got "totalCount"'],
  [
    'a path through a list',
    { path: 'machines.nodes.services' },
    'path',
    'expected "nodes" to be the last: it is a list',
  ],
])('a watch with %s is refused', (_, of, member, message) => {
  expect(problemsOf({}, of)).toEqual([{ path: `watches[1].${member}`, message }]);
});

it.each(['machines', 'machines.nodes', 'networkTags', 'vlans'])(
  'a path leads to a list or to a page of one: %s',
  (path) => {
    expect(problemsOf({ path })).toEqual([]);
  },
);

it('everything that does not fit is told at once', () => {
  const problems = problemsOf({ variables: { least: 1 }, path: 'nothing' }, { operation: 'nothing' });
  expect(problems.map(({ path }) => path)).toEqual([
    ...['watches[0].variables', 'watches[0].variables', 'watches[0].path', 'watches[1].operation'],
  ]);
});

it('a watch is another one when something else is asked or told, and stays the same when it is told elsewhere', () => {
  const secret = `whsec_${Buffer.alloc(32).toString('base64')}`;
  const [first, elsewhere, ...others] = defined(
    {},
    { webhooks: [{ url: 'https://hooks.example.com/', secret }] },
    { variables: { most: 6 } },
    { condition: 'nonEmpty' },
    { path: 'machines' },
    { operation: 'colliding-ranges', variables: {} },
  ).map(identityOf);
  expect(elsewhere).toBe(first);
  expect(new Set([first, ...others]).size).toBe(5);
});

it('the watch that the documentation begins with is accepted', async () => {
  const page = await readFile('docs/watches.md', 'utf8');
  const [, yaml = ''] = /```yaml\n([\s\S]*?)```/.exec(page) ?? [];
  const [{ viewer, webhooks, ...of }] = (parse(yaml) as { watches: [WatchInput] }).watches;
  expect(viewer).toBe('frontend');
  expect(webhooks).toEqual([{ url: `\${HOOK_URL}`, secret: `\${HOOK_SECRET}` }]);
  expect(problemsOf({ variables: {}, ...of })).toEqual([]);
});
