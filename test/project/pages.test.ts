import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';

const FOLDERS = [...foldersIn('src'), 'src/sources/transport', 'demo', 'test', 'bench'];
const FOLDER_PAGES = FOLDERS.map((folder) => join(folder, 'README.md'));

const PAGES = [
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'CHANGELOG.md',
  'deploy/helm/inventory-gateway/README.md',
  'explorer/README.md',
  'examples/backstage/README.md',
  ...pagesIn('docs'),
  ...pagesIn('bench/results'),
  ...FOLDER_PAGES,
];

function foldersIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => join(folder, name));
}

function pagesIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name));
}

/** The package whose files a page names. */
const homeOf = (page: string): string => (/^(?:explorer|examples)\//.test(page) ? dirname(page) : '.');

/** As GitHub makes them of headings. */
const anchorsOf = (page: string): string[] =>
  [...readFileSync(page, 'utf8').matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  );

describe.each(PAGES)('%s', (page) => {
  const text = readFileSync(page, 'utf8');

  it('links only to files and headings that exist', () => {
    const dead = [...text.matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]*))?\)/g)].filter(([, path = '', anchor]) => {
      const target = path === '' ? page : join(dirname(page), path);
      return !existsSync(target) || (anchor !== undefined && !anchorsOf(target).includes(anchor));
    });
    expect(dead.map(([link]) => link)).toEqual([]);
  });

  it('names only tests and benches that exist', () => {
    const named = [...text.matchAll(/`((?:test|bench|src|deploy)\/[\w./-]+)`/g)].map(([, path = '']) => path);
    expect(named.filter((path) => !existsSync(join(homeOf(page), path)))).toEqual([]);
  });

  it('names only scripts that package.json has', () => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
    const named = [...text.matchAll(/npm run ([\w:-]*\w)(?![\w:…])/g)].map(([, name = '']) => name);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });
});

describe.each(FOLDER_PAGES)('%s', (page) => {
  it('says in at most ten lines what the folder answers for, who imports what, and where to begin', () => {
    const text = readFileSync(page, 'utf8');
    expect(text.trim().split('\n').length).toBeLessThanOrEqual(10);
    expect(text).toMatch(/import/i);
    expect(text).toMatch(/^Begin with \[/m);
  });
});

describe('CONTRIBUTING.md', () => {
  const text = readFileSync('CONTRIBUTING.md', 'utf8');

  it('explains at most 25 words', () => {
    const [, table = ''] = /## Words\n\n\|.*\n\|.*\n([\s\S]*)$/.exec(text) ?? [];
    const rows = table.trim().split('\n').length;
    expect(rows).toBeGreaterThan(10);
    expect(rows).toBeLessThanOrEqual(25);
  });
});
