import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Harness } from '../../support/harness.ts';
import { startIndexed } from '../../support/indexed-gateway.ts';
import { HOSTS, SECRET } from '../../support/watches/watching-gateway.ts';
import { runCli } from './run-cli.ts';

describe('watch', () => {
  let harness: Harness;
  let config: string;
  let host: string;
  let received = 0;
  const receiver = createServer((_, response) => {
    received++;
    response.end();
  });
  const folder = mkdtempSync(join(tmpdir(), 'watch-'));

  beforeAll(async () => {
    await once(receiver.listen(0, '127.0.0.1'), 'listening');
    host = `127.0.0.1:${(receiver.address() as AddressInfo).port}`;
    harness = await startIndexed({ scanorbit: [{ movingScans: false }], scanopy: [{}] });
    config = join(folder, 'config.yaml');
    const sources = harness.config.sources.map(({ name, kind, url, apiKey, budget }) => ({
      ...{ name, kind, url, apiKey: apiKey?.reveal(), budget },
    }));
    const webhooks = [{ url: `http://${host}/hook`, secret: SECRET, allowPrivate: true }];
    const watches = [
      { name: 'any-host', operation: 'hosts', condition: 'nonEmpty', webhooks },
      { name: 'other-hosts', operation: 'hosts', condition: 'changed', webhooks },
      { name: 'ranges', operation: 'colliding-ranges', condition: { count: { greaterThan: 2 } } },
    ];
    writeFileSync(join(folder, 'hosts.graphql'), HOSTS);
    // JSON is YAML.
    writeFileSync(
      config,
      JSON.stringify({ sources, watches, questions: { directory: folder }, index: { directory: folder } }),
    );
  });

  afterAll(async () => {
    await harness.close();
    receiver.close();
    rmSync(folder, { recursive: true });
  });

  it('--list says what is watched, as whom, and who is told', async () => {
    const run = runCli(['watch', '--list', '--config', config]);
    expect(await run.exitCode()).toBe(0);
    expect(run.stdout()).toMatch(/^any-host +hosts +nonEmpty +127\.0\.0\.1:\d+$/m);
    expect(run.stdout()).toMatch(/^ranges +colliding-ranges +count > 2$/m);
  });

  it('--dry-run shows what would be told, sends and remembers nothing, and prints no secret', async () => {
    const run = runCli(['watch', '--dry-run', 'any-host', '--config', config, '--url', harness.url]);
    expect(await run.exitCode()).toBe(0);
    const { data } = await harness.query<{ hosts: { totalCount: number } }>('{ hosts { totalCount } }');
    expect(run.stdout()).toContain(`nonEmpty: holds, ${data.hosts.totalCount} in the list.`);
    expect(run.stdout()).toContain(`Would be sent to ${host}, with the headers webhook-id: msg_`);
    const body = JSON.parse(run.stdout().slice(run.stdout().indexOf('\n{'))) as Record<string, unknown>;
    expect(body).toMatchObject({ type: 'watch.fired', watch: 'any-host', data: { hosts: data.hosts } });
    expect(run.stdout() + run.stderr()).not.toContain(SECRET);
    expect(received).toBe(0);
    expect(existsSync(join(folder, 'watches.json'))).toBe(false);
  });

  it('--dry-run says of a first answer that nothing changed, also from a gateway of its own', async () => {
    const run = runCli(['watch', '--dry-run', 'other-hosts', '--config', config]);
    expect(await run.exitCode()).toBe(0);
    expect(run.stdout()).toMatch(/^changed: does not hold, \d+ in the list\.\nNothing was told before/);
    expect(run.stdout()).toMatch(/Nothing would be told\.\n$/);
  });

  it('--dry-run refuses a name that is not configured', async () => {
    const run = runCli(['watch', '--dry-run', 'nobody', '--config', config]);
    expect(await run.exitCode()).toBe(2);
    expect(run.stderr()).toContain('Expected a watch that "watch --list" names, got "nobody".');
  });
});
