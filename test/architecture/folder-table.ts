import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { IModule } from 'dependency-cruiser';

/** What each folder may import besides `lib` and the models of entities, by the path of the folder. */
export type FolderTable = ReadonlyMap<string, readonly string[]>;

const ROW = /^\| \[[^\]]+\]\(((?:src|demo)[^)]*)\) \|[^|]*\|([^|]*)\|$/gm;
const FREE = /^src\/(?:lib\/|entities\/[^/]+\/model\.ts$)/;

export const readFolderTable = (): FolderTable =>
  new Map(
    [...readFileSync('CONTRIBUTING.md', 'utf8').matchAll(ROW)].map(([, folder = '', names = '']) => [
      folder,
      [...names.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name),
    ]),
  );

/** Imports from one folder of the table into another that its row does not name, as `file → file`. */
export const strayImports = (modules: readonly IModule[], table: FolderTable): string[] => {
  const folders = [...table.keys()].sort((a, b) => b.length - a.length);
  const folderOf = (path: string) => folders.find((folder) => path === folder || path.startsWith(`${folder}/`));
  return modules.flatMap(({ source, dependencies }) => {
    const from = folderOf(source);
    const allowed = table.get(from ?? '') ?? [];
    const isStray = (path: string): boolean => {
      const to = folderOf(path);
      return to !== undefined && to !== from && !FREE.test(path) && !allowed.includes(basename(to));
    };
    return dependencies.filter(({ resolved }) => isStray(resolved)).map(({ resolved }) => `${source} → ${resolved}`);
  });
};
