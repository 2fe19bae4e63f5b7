import { readdirSync } from 'node:fs';
import { cruise, type IModule } from 'dependency-cruiser';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import { beforeAll, describe, expect, it } from 'vitest';
import { readFolderTable, strayImports } from './folder-table.ts';
import { cruiseOptions, importRules } from './import-rules.ts';
import { mutualImports } from './mutual-imports.ts';

const FOLDERS = ['src', 'demo'];
const sourceFiles = FOLDERS.flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' })).filter(
  (name) => name.endsWith('.ts'),
);

describe('imports between folders', () => {
  let modules: readonly IModule[] = [];
  let violations: readonly string[] = [];
  let crossings = 0;

  beforeAll(async () => {
    const result = await cruise(
      FOLDERS,
      { ...cruiseOptions, ruleSet: { forbidden: importRules }, validate: true },
      undefined,
      {
        tsConfig: extractTSConfig('tsconfig.json'),
      },
    );
    if (typeof result.output === 'string') throw new Error('expected a result object');
    modules = result.output.modules.filter(({ source }) => FOLDERS.some((folder) => source.startsWith(`${folder}/`)));
    crossings = result.output.modules
      .flatMap(({ dependencies }) => dependencies)
      .filter(({ module }) => module.startsWith('#')).length;
    violations = result.output.summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`);
  });

  it('are checked in every source file, and there are some', () => {
    expect(modules.length).toBeGreaterThanOrEqual(sourceFiles.length);
    expect(crossings).toBeGreaterThan(50);
  });

  it('never lead from a folder to another and back', () => {
    expect(mutualImports(modules)).toEqual([]);
  });

  it('follow the rules', () => {
    expect(violations).toEqual([]);
  });

  it('keeps an entity in its folder: model, loaders, ref and schema, and nothing else', () => {
    const drawers = /^[a-z-]+\/(model\.ts|ref\.ts|(loaders|schema)(\.ts|\/[a-z-]+\.ts))$/;
    const files = readdirSync('src/entities', { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.ts'),
    );
    expect(files.length).toBeGreaterThan(50);
    expect(files.filter((name) => !drawers.test(name.replaceAll('\\', '/')))).toEqual([]);
  });

  it('finds only imports between folders that the table of CONTRIBUTING.md names', () => {
    const table = readFolderTable();
    const tops = readdirSync('src').map((name) => `src/${name}`);
    expect([...table.keys()]).toEqual(expect.arrayContaining([...tops, 'demo']));
    expect(strayImports(modules, table)).toEqual([]);
  });
});
