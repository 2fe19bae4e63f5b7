import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ScanopyDemo, startScanopyDemo } from '#demo/scanopy/server.ts';
import { type ScanOrbitDemo, startScanOrbitDemo } from '#demo/scanorbit/server.ts';
import { createWorld } from '#demo/world/world.ts';
import { runCli } from './run-cli.ts';

const SCANOPY_KEY = `scp_u_${'1'.repeat(32)}`;

describe('check', () => {
  const world = createWorld();
  let cloud: ScanOrbitDemo;
  let network: ScanopyDemo;
  let blind: ScanopyDemo;
  beforeAll(async () => {
    cloud = await startScanOrbitDemo({ world: world.cloud, edition: 'documented' });
    network = await startScanopyDemo({ world: world.network, version: '0.17.22', apiKey: SCANOPY_KEY });
    blind = await startScanopyDemo({ world: world.network, version: '0.99.0', apiKey: SCANOPY_KEY, networkIds: [] });
  });
  afterAll(() => Promise.all([cloud.close(), network.close(), blind.close()]));

  it('prints edition, version, budget and what each key may read, within five calls a source, and starts no index', async () => {
    const run = runCli(['check'], {
      SCANORBIT_URL: cloud.url,
      SCANORBIT_API_KEY: cloud.apiKey,
      SCANOPY_URL: network.url,
      SCANOPY_API_KEY: SCANOPY_KEY,
    });
    expect(await run.exitCode()).toBe(0);
    expect(run.stdout()).toMatch(
      /^scanorbit +ScanOrbit +yes +good +documented edition +\d+ left of \d+\/60s +Northwind Outfitters: \d+ accounts/m,
    );
    expect(run.stdout()).toMatch(/^scanopy +Scanopy +yes +good +0\.17\.22 \(G3\) +\d+ left of .* networks: \S/m);
    expect(run.stdout() + run.stderr()).not.toContain(cloud.apiKey);
    expect(cloud.countOf()).toBeLessThanOrEqual(5);
    expect(network.calls.map((call) => call.endpoint)).toEqual(['/api/version', '/sites']);
  });

  it('exits 1 when one source fails, and still reports the others', async () => {
    const run = runCli(['check'], {
      SCANORBIT_URL: cloud.url,
      SCANORBIT_API_KEY: `${cloud.apiKey.slice(0, -4)}ffff`,
      SCANOPY_URL: network.url,
      SCANOPY_API_KEY: SCANOPY_KEY,
    });
    expect(await run.exitCode()).toBe(1);
    expect(run.stdout()).toMatch(/^scanorbit +ScanOrbit +yes +REFUSED/m);
    expect(run.stdout()).toMatch(/^FAILED +scanorbit/m);
    expect(run.stdout()).toMatch(/^scanopy +Scanopy +yes +good/m);
  });

  it('says that /api/v1 is missing in the address where that is why it fails, and only there', async () => {
    const keys = { SCANORBIT_API_KEY: cloud.apiKey };
    const missing = runCli(['check'], { ...keys, SCANORBIT_URL: cloud.url.replace('/api/v1', '/') });
    expect(await missing.exitCode()).toBe(1);
    expect(missing.stdout()).toMatch(/^FAILED +scanorbit/m);
    expect(missing.stdout()).toContain(
      `HINT     scanorbit: it answers at ${cloud.url}. Set SCANORBIT_URL or sources[].url to that.`,
    );
    const elsewhere = runCli(['check'], { ...keys, SCANORBIT_URL: cloud.url.replace('/api/v1', '/api/v2') });
    expect(await elsewhere.exitCode()).toBe(1);
    expect(elsewhere.stdout()).toMatch(/^FAILED +scanorbit/m);
    expect(elsewhere.stdout()).not.toContain('HINT');
  });

  it('distinguishes a server that does not answer from a key that is refused', async () => {
    const run = runCli(['check'], { SCANOPY_URL: 'http://127.0.0.1:9', SCANOPY_API_KEY: 'x' });
    expect(await run.exitCode()).toBe(1);
    expect(run.stdout()).toMatch(/^scanopy +Scanopy +NO +\?/m);
  });

  it('warns in capitals of a key that may read no network, and of a version newer than all known ones', async () => {
    const run = runCli(['check'], { SCANOPY_URL: blind.url, SCANOPY_API_KEY: SCANOPY_KEY });
    expect(await run.exitCode()).toBe(0);
    expect(run.stdout()).toContain('THE KEY SEES NO NETWORK');
    expect(run.stdout()).toContain('0.99.0 is newer than any');
  });

  it('says whether the history can be used, exits 1 when it cannot, and prints nothing of its URL', async () => {
    const source = { SCANOPY_URL: network.url, SCANOPY_API_KEY: SCANOPY_KEY };
    const file = runCli(['check'], source);
    expect(await file.exitCode()).toBe(0);
    expect(file.stdout()).toContain('HISTORY  SQLite: can be used');
    const lost = runCli(['check'], { ...source, HISTORY_URL: 'postgres://someone:s3cret@127.0.0.1:9/nowhere' });
    expect(await lost.exitCode()).toBe(1);
    expect(lost.stdout()).toContain(
      'HISTORY  PostgreSQL: Expected the database of the history to be usable, got: ECONNREFUSED',
    );
    expect(lost.stdout() + lost.stderr()).not.toMatch(/s3cret|someone|nowhere/);
  });
});
