import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Harness, startHarness } from '../../support/harness.ts';
import { startIndexed } from '../../support/indexed-gateway.ts';
import { runCli } from './run-cli.ts';

describe('ask and query', () => {
  let harness: Harness;
  let id: string;
  let config: string;
  const folder = mkdtempSync(join(tmpdir(), 'ask-'));

  beforeAll(async () => {
    harness = await startIndexed({ scanorbit: [{ movingScans: false }], scanopy: [{}] });
    const { data } = await harness.query<{ resources: { nodes: { id: string }[] } }>(
      '{ resources(first: 1, filter: { service: ["kms_key"] }) { nodes { id } } }',
    );
    id = data.resources.nodes[0]?.id ?? '';
    config = join(folder, 'config.yaml');
    const sources = harness.config.sources.map(({ name, kind, url, apiKey, budget }) => ({
      ...{ name, kind, url, apiKey: apiKey?.reveal(), budget },
    }));
    // JSON is YAML.
    writeFileSync(config, JSON.stringify({ sources, index: { directory: null }, mcp: { runQuery: false } }));
    writeFileSync(join(folder, 'sources.graphql'), 'query Names { sources { name kind } }');
    writeFileSync(
      join(folder, 'filter.graphql'),
      'query F($n: Int!, $s: [String!]) { resources(first: $n, filter: { service: $s }) { nodes { service } } }',
    );
    writeFileSync(join(folder, 'broken.graphql'), '{ noSuchField }');
  });

  afterAll(async () => {
    rmSync(folder, { recursive: true });
    await harness.close();
  });

  it('ask --list names every question with what it takes, and needs no gateway', async () => {
    const run = runCli(['ask', '--list']);
    expect(await run.exitCode()).toBe(0);
    expect(run.stdout()).toMatch(/^what-breaks-if-it-goes +id +What breaks/m);
    expect(run.stdout()).toMatch(/^what-changed +\[since\] /m);
  });

  it('ask prints tables for people', async () => {
    const run = runCli(['ask', 'what-breaks-if-it-goes', '--var', `id=${id}`, '--url', harness.url]);
    expect(await run.exitCode()).toBe(0);
    expect(run.stdout()).toMatch(/^impact\n {2}subject\.displayName: /);
    expect(run.stdout()).toMatch(/^impact\.impacted \(\d+\)\nEFFECT +DISTANCE +CONFIDENCE/m);
    expect(run.stderr()).toBe('');
  });

  it('ask --json prints the answer of /graphql for pipes', async () => {
    const run = runCli(['ask', 'colliding_ranges', '--json'], { INVENTORY_URL: harness.url });
    expect(await run.exitCode()).toBe(0);
    const answer = JSON.parse(run.stdout()) as { data: unknown; extensions: object };
    const { data } = await harness.query(
      '{ subnets(first: 1000) { nodes { cidr name type network { name source { name } } } } }',
    );
    expect(answer.data).toEqual(data);
    expect(answer.extensions).toHaveProperty('cost');
  });

  it('ask without --url starts a gateway of its own, tells how far it has read, and answers when it has', async () => {
    const run = runCli(['ask', 'how-good-is-the-join', '--config', config]);
    expect(await run.exitCode()).toBe(0);
    expect(run.stdout()).toMatch(/^correlationReport\.linksByRule \(\d+\)\nKEY +COUNT/m);
    expect(run.stderr()).toMatch(/^Reading (scanorbit|scanopy): \d+ %, \d+ of \d+ requests left/m);
  });

  it('query runs the query of a file, with variables of their type', async () => {
    const table = runCli(['query', join(folder, 'sources.graphql'), '--url', harness.url]);
    expect(await table.exitCode()).toBe(0);
    expect(table.stdout()).toBe('sources (2)\nNAME       KIND\nscanorbit  SCANORBIT\nscanopy    SCANOPY\n');
    const run = runCli([
      'query',
      join(folder, 'filter.graphql'),
      '--json',
      '--url',
      harness.url,
      '--var',
      'n=2',
      '--var',
      's=kms_key',
      '--var',
      's=rds',
    ]);
    expect(await run.exitCode()).toBe(0);
    const { data } = JSON.parse(run.stdout()) as { data: { resources: { nodes: { service: string }[] } } };
    expect(data.resources.nodes).toHaveLength(2);
    expect(data.resources.nodes.every(({ service }) => ['kms_key', 'rds'].includes(service))).toBe(true);
  });

  it('ask answers from a gateway that runs nothing but documents it knows, query does not', async () => {
    const manifest = join(folder, 'documents.json');
    writeFileSync(manifest, '{}');
    const strict = await startHarness({ scanopy: [{}], config: { persisted: { manifest, trustedOnly: true } } });
    const asked = runCli(['ask', 'colliding-ranges', '--url', strict.url]);
    expect(await asked.exitCode()).toBe(0);
    expect(asked.stdout()).toMatch(/^subnets \(\d+\)\nCIDR/m);
    const other = runCli(['query', join(folder, 'sources.graphql'), '--url', strict.url]);
    expect(await other.exitCode()).toBe(1);
    expect(other.stderr()).toMatch(/^FORBIDDEN: /);
    await strict.close();
  });

  it.each([
    [['ask', 'no-such-question'], /Expected a question that "ask --list" names/],
    [['ask', 'what-breaks-if-it-goes'], /Expected --var id=…, got nothing\.\n {2}id: Global id/],
    [['ask', 'what-breaks-if-it-goes', '--var', 'name=x'], /Expected --var id=…, got "name=x"/],
    [['query', 'broken.graphql'], /broken\.graphql: Expected a query for this schema, got: Cannot query field/],
    [['query', 'missing.graphql'], /missing\.graphql: .*ENOENT/],
    [['query', 'filter.graphql', '--var', 'n=many'], /Expected --var n=… to be of type integer, got "many"/],
    [
      ['ask', 'colliding-ranges', '--url', 'localhost:4000'],
      /Expected --url such as http:\/\/127\.0\.0\.1:4000, got "localhost:4000"/,
    ],
    [
      ['ask', 'colliding-ranges', '--url', 'http://127.0.0.1:9'],
      /Expected a gateway at http:\/\/127\.0\.0\.1:9\/graphql, got none/,
    ],
  ])('says in words what cannot be asked, and exits 2: %j', async (args, message) => {
    const [command = '', what = '', ...rest] = args;
    const run = runCli([command, what.endsWith('.graphql') ? join(folder, what) : what, ...rest]);
    expect(await run.exitCode()).toBe(2);
    expect(run.stderr()).toMatch(message);
    expect(run.stderr()).not.toMatch(/ at .*\.ts:\d+/);
  });
});
