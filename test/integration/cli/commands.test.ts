import { buildSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { runCli } from './run-cli.ts';

describe('the command line', () => {
  it.each([
    [['--help']],
    [['serve', '--help']],
    [['demo', '--help']],
    [['check', '--help']],
    [['schema', '--help']],
    [['ask', '--help']],
    [['query', '--help']],
    [['mcp', '--help']],
  ])('explains itself: %j', async (args) => {
    const run = runCli(args);
    expect(await run.exitCode()).toBe(0);
    expect(run.stdout()).toMatch(/^Usage: inventory-gateway/);
  });

  it('serve without a source says how to configure one, and exits 2', async () => {
    const run = runCli(['serve']);
    expect(await run.exitCode()).toBe(2);
    expect(run.stderr()).toMatch(/No source is configured[\s\S]*SCANORBIT_URL[\s\S]*INVENTORY_CONFIG/);
  });

  it('serve with a broken configuration says all that is wrong, without a stack, and exits 2', async () => {
    const run = runCli(['serve', '--port', 'x'], {
      SCANORBIT_URL: 'nowhere',
      SCANORBIT_API_KEY: 'not-to-be-printed',
      SCANOPY_API_KEY: 'x',
    });
    expect(await run.exitCode()).toBe(2);
    expect(run.stderr()).toMatch(/3 problems:[\s\S]*SCANOPY_URL[\s\S]*SCANORBIT_URL[\s\S]*PORT/);
    expect(run.stderr()).not.toMatch(/ at .*\.ts:\d+|not-to-be-printed/);
  });

  it('schema prints a schema that parses, the same every time', async () => {
    const runs = [runCli(['schema']), runCli(['schema'])];
    expect(await Promise.all(runs.map((run) => run.exitCode()))).toEqual([0, 0]);
    const [first, second] = runs.map((run) => run.stdout());
    expect(second).toBe(first);
    expect(
      buildSchema(first ?? '')
        .getQueryType()
        ?.getFields(),
    ).toHaveProperty('sources');
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('serve ends with 0 on %s', async (signal) => {
    const run = runCli(['serve', '--port', '0'], {
      SCANORBIT_URL: 'http://127.0.0.1:9/api/v1',
      SCANORBIT_API_KEY: 'x',
    });
    await run.printed(/"msg":"Ready"/);
    run.process.kill(signal);
    expect(await run.exitCode()).toBe(0);
    expect(run.stderr()).toContain('Shutting down');
  });

  it('serve says plainly that an address is taken', async () => {
    const settings = { SCANORBIT_URL: 'http://127.0.0.1:9/api/v1', SCANORBIT_API_KEY: 'x' };
    const first = runCli(['serve', '--port', '0'], settings);
    const [, port] = await first.printed(/"url":"http:\/\/127\.0\.0\.1:(\d+)\/graphql"/);
    const second = runCli(['serve', '--port', String(port)], settings);
    expect(await second.exitCode()).toBe(1);
    expect(second.stderr()).toMatch(/Cannot listen: .*EADDRINUSE/);
    first.process.kill('SIGTERM');
    await first.exitCode();
  });
});

describe('demo', () => {
  it('brings its own upstreams, answers from both, and ends with 0', async () => {
    const run = runCli(['demo', '--port', '0', '--edition', 'documented', '--scanopy-version', '0.14.13'], {
      INVENTORY_INDEX: 'off',
    });
    const [, url] = await run.printed(/GraphiQL and API\s+(\S+)/);
    const query = '{ organizations { name } networks { totalCount } sources { name health serverVersion } }';
    const response = await fetch(String(url), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    });
    const { data, errors } = (await response.json()) as { data: Record<string, unknown>; errors?: unknown };
    expect(errors).toBeUndefined();
    expect(data.organizations).toHaveLength(1);
    run.process.kill('SIGINT');
    expect(await run.exitCode()).toBe(0);
  });

  it('refuses an edition that does not exist', async () => {
    const run = runCli(['demo', '--edition', 'imagined']);
    expect(await run.exitCode()).toBe(1);
    expect(run.stderr()).toContain('Allowed choices are observed, documented');
  });
});
