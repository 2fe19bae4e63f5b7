import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundledPackages, installedPackages } from '../support/shipped-packages.ts';
import { billOfMaterials, install, type Packed, pack, saying, start } from './packed-gateway.ts';

const SLOW = 300_000;

describe('the package', () => {
  let packed: Packed;
  beforeAll(async () => {
    packed = await pack();
  }, SLOW);
  afterAll(() => rm(packed.folder, { recursive: true, force: true }));

  it('holds the built program and what a reader needs, nothing else', () => {
    const others = packed.files.filter((path) => !/^dist\/(src|demo)\/.+\.js$/.test(path));
    const allowed = ['LICENSE', 'README.md', 'CHANGELOG.md', 'schema.graphql', 'package.json', 'dist/package.json'];
    const isQuestion = (path: string) => /^dist\/docs\/questions\/[\w-]+\.graphql$/.test(path);
    const isPage = (path: string) =>
      /^dist\/explorer\/(index\.html|(licences|persisted-documents)\.json|assets\/[\w.-]+\.(css|js)\.gz)$/.test(path);
    expect(others.filter((path) => !allowed.includes(path) && !isQuestion(path) && !isPage(path))).toEqual([]);
    expect(others.filter(isQuestion).length).toBeGreaterThan(10);
    expect(packed.files).toEqual(expect.arrayContaining(['dist/src/cli/main.js', 'dist/package.json', 'LICENSE']));
  });

  it('is less than 3 MB unpacked', () => {
    expect(packed.unpackedBytes).toBeLessThan(3_000_000);
  });

  it('has a bill of materials that names each package it depends on or contains, with version and licence', async () => {
    const { bomFormat, metadata, components } = await billOfMaterials();
    expect(bomFormat).toBe('CycloneDX');
    expect(metadata.component.name).toBe('inventory-gateway');
    const named = components.map(({ name, version }) => `${name}@${version}`);
    const wanted = [...installedPackages(), ...bundledPackages()].map(({ name, version }) => `${name}@${version}`);
    expect(named.toSorted()).toEqual([...new Set(wanted)].toSorted());
    expect(components.filter(({ licenses }) => licenses.length === 0)).toEqual([]);
  });

  it(
    'installed in an empty folder, runs the demo, answers over both halves, answers a question by its name and stops when told',
    async () => {
      await install(packed);

      const demo = start(packed, 'demo', '--port', '0');
      const ended = once(demo, 'close');
      const url = await saying(demo, /http:\/\/127\.0\.0\.1:\d+\/graphql/);
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          query: '{ resources(first: 1) { totalCount nodes { id } } hosts(first: 1) { totalCount } }',
        }),
      });
      const { data, errors } = (await response.json()) as {
        data: { resources: { totalCount: number; nodes: { id: string }[] }; hosts: { totalCount: number } };
        errors?: unknown;
      };
      const id = (data.resources.nodes[0] ?? { id: '' }).id;
      const asked = start(packed, 'ask', 'what-breaks-if-it-goes', '--var', `id=${id}`, '--wait', '0', '--url', url);
      const answered = once(asked, 'close');
      await saying(asked, /^impact\n {2}subject\.displayName: \S/m);
      // The demo has just begun: the answer says that relations are still being read.
      expect(await answered).toEqual([1, null]);
      demo.kill('SIGTERM');

      expect(errors).toBeUndefined();
      expect(data.resources.totalCount).toBeGreaterThan(100);
      expect(data.hosts.totalCount).toBeGreaterThan(20);
      expect(await ended).toEqual([0, null]);

      const unconfigured = start(packed, 'serve');
      const [code] = await once(unconfigured, 'close');
      expect(code).toBe(2);
    },
    SLOW,
  );
});
