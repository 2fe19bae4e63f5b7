import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { NotedFiles } from '#server/noted-files.ts';
import { watchFiles } from '#server/watch-files.ts';
import { FakeClock } from '../../support/fake-clock.ts';

let directory: string;
let close = (): void => {};
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'watch-'));
});
afterEach(async () => {
  close();
  await rm(directory, { recursive: true, force: true });
});

const at = (...path: string[]): string => join(directory, ...path);

const noted = (paths: Iterable<string>): NotedFiles => {
  const files = new NotedFiles();
  for (const path of paths) files.add(path);
  return files;
};

/** Reads nothing: what is read anew is noted anew. */
const watch = (paths: Set<string>, onChange = (): void => {}) => {
  const clock = new FakeClock();
  let changes = 0;
  let files = noted(paths);
  const watched = watchFiles({
    files: () => files,
    onChange: () => {
      changes += 1;
      onChange();
      files = noted(paths);
    },
    clock,
  });
  close = watched.close;
  return { changes: () => changes, look: () => clock.advance(100), readAnew: () => (files = noted(paths)) };
};

it('tells of several writes in a row once, when they are over', async () => {
  await writeFile(at('file'), '0');
  const { look, changes } = watch(new Set([at('file')]));
  for (const text of ['a', 'ab', 'abc']) {
    await writeFile(at('file'), text);
    await look();
  }
  expect(changes()).toBe(0);
  for (let i = 0; i < 3; i += 1) await look();
  expect(changes()).toBe(1);
});

it.each([
  ['another file in its place', async () => rename(at('other'), at('folder', 'file'))],
  ['a file that goes', async () => rm(at('folder', 'file'))],
  ['a file that comes', async () => writeFile(at('missing'), 'here')],
  ['another file in a folder', async () => writeFile(at('folder', 'new'), 'new')],
  [
    'a link on the way that is set to another folder',
    async () => {
      await symlink('second', at('..data.new'));
      await rename(at('..data.new'), at('..data'));
    },
  ],
])('notices %s', async (_, change) => {
  for (const folder of ['folder', 'first', 'second']) await mkdir(at(folder));
  for (const file of ['folder/file', 'first/file', 'second/file', 'other']) await writeFile(at(file), 'same');
  await symlink('first', at('..data'));
  const { look, changes } = watch(new Set([at('folder'), at('missing'), at('..data', 'file')]));
  for (let i = 0; i < 2; i += 1) await look();
  expect(changes()).toBe(0);
  await change();
  for (let i = 0; i < 4; i += 1) await look();
  expect(changes()).toBe(1);
});

it('looks at the files that are named after a change, from then on', async () => {
  for (const file of ['file', 'other']) await writeFile(at(file), '0');
  const paths = new Set([at('file')]);
  const { look, changes } = watch(paths, () => paths.add(at('other')));
  await writeFile(at('file'), '1');
  for (let i = 0; i < 4; i += 1) await look();
  expect(changes()).toBe(1);
  await writeFile(at('other'), '1');
  for (let i = 0; i < 4; i += 1) await look();
  expect(changes()).toBe(2);
});

it('does not tell of what was read anew in the meantime', async () => {
  await writeFile(at('file'), '0');
  const { look, changes, readAnew } = watch(new Set([at('file')]));
  await writeFile(at('file'), '1');
  await look();
  readAnew();
  for (let i = 0; i < 3; i += 1) await look();
  expect(changes()).toBe(0);
});
