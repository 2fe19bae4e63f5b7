import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { delimiter, dirname, isAbsolute, join } from 'node:path';

const ROOT = dirname(dirname(import.meta.dirname));

interface Tool {
  /** Where it is, or null where this machine has none. */
  readonly path: string | null;
  readonly installedBy: string;
}

export type ToolName = 'Chromium' | 'Graphviz' | 'Helm' | 'PostgreSQL' | 'Redis';

declare module 'vitest' {
  interface TaskMeta {
    /** What a test cannot run without, besides what `npm ci` installs. */
    needs?: ToolName;
  }
}

const isExecutable = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

const pathOf = (...programs: string[]): string | null => {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const candidates = programs.flatMap((program) =>
    isAbsolute(program) ? [program] : folders.map((folder) => join(folder, program)),
  );
  return candidates.find(isExecutable) ?? null;
};

const readable = (folder: string): readonly string[] => (existsSync(folder) ? readdirSync(folder) : []);

export const TOOLS: Readonly<Record<ToolName, Tool>> = {
  Chromium: {
    path: pathOf(...(process.env.CHROMIUM ? [process.env.CHROMIUM] : ['chromium', 'chromium-browser'])),
    installedBy: 'apt-get install chromium (or set CHROMIUM to the path of one)',
  },
  Graphviz: { path: pathOf('dot'), installedBy: 'apt-get install graphviz' },
  Helm: {
    path: pathOf(join(ROOT, 'node_modules/.cache/helm/helm'), 'helm'),
    installedBy: 'npm run install:helm',
  },
  PostgreSQL: {
    path: pathOf(
      'initdb',
      ...readable('/usr/lib/postgresql').map((version) => `/usr/lib/postgresql/${version}/bin/initdb`),
    ),
    installedBy: 'apt-get install postgresql',
  },
  Redis: { path: pathOf('redis-server', 'valkey-server'), installedBy: 'apt-get install redis-server' },
};

/** Options of tests and suites that need a tool. Where it is missing they are skipped, and the end of the run says so. */
export const needs = (tool: ToolName) => ({ skip: TOOLS[tool].path === null, meta: { needs: tool } });
