import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { copyFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { builtGateway, UNLIMITED_BUDGET, untilIndexed } from '../servers/built-gateway.ts';
import type { Contender, Upstreams } from './contender.ts';
import { versionOf } from './install.ts';
import { OPEN_API } from './open-api.ts';
import { type TailcallMode, tailcallConfig } from './tailcall-config.ts';

const run = promisify(execFile);

/** With what the name of each of ours begins. */
export const OURS = 'Inventory Gateway';

/** As in production: keys, all limits, a rate for each key, metrics and logs. Its upstreams grant it what they grant its peers. */
const ours = (upstreams: Upstreams, version: string, threads: number): Contender => {
  const key = randomBytes(24).toString('base64url');
  const headers = { 'x-api-key': key };
  return {
    name: threads === 0 ? OURS : `${OURS}, ${threads} threads`,
    version,
    speaks: 'ours',
    headers,
    untilSettled: (url) => untilIndexed(url, headers),
    command: (port, folder) =>
      builtGateway(folder, {
        server: { port, threads, profile: 'production' },
        auth: {
          mode: 'api-key',
          keys: [{ name: 'bench', sha256: createHash('sha256').update(key).digest('hex') }],
        },
        // Counted for every operation, and so high that nothing is refused.
        limits: { rate: { operations: 10_000_000, windowSeconds: 60 } },
        index: { directory: null },
        sources: (['scanorbit', 'scanopy'] as const).map((kind) => {
          const { url, apiKey } = upstreams[kind];
          return { name: kind, kind, url, apiKey, budget: UNLIMITED_BUDGET };
        }),
      }),
  };
};

const tailcall = (upstreams: Upstreams, installed: string, mode: TailcallMode): Contender => ({
  name: `Tailcall, ${mode}`,
  version: versionOf('@tailcallhq/core-linux-x64-gnu'),
  speaks: 'theirs',
  headers: {},
  command: async (port, folder) => {
    const config = join(folder, 'tailcall.graphql');
    await writeFile(config, tailcallConfig(upstreams, port, mode));
    return {
      file: join(installed, 'node_modules/@tailcallhq/core-linux-x64-gnu/bin/tailcall'),
      args: ['start', config],
      env: { TAILCALL_TRACKER: 'false', TAILCALL_LOG_LEVEL: 'error' },
      cwd: folder,
    };
  },
});

const hive = (upstreams: Upstreams, installed: string): Contender => ({
  name: 'Hive Gateway',
  version: versionOf('@graphql-hive/gateway'),
  speaks: 'theirs',
  headers: {},
  command: async (port, folder) => {
    const supergraph = join(folder, 'supergraph.graphql');
    const sources = (['scanorbit', 'scanopy'] as const).map(async (name) => {
      const document = join(folder, `${name}.json`);
      await writeFile(document, JSON.stringify(OPEN_API[name]));
      return { name, url: upstreams[name].url, headers: upstreams[name].headers, document };
    });
    const env = { PEER_UPSTREAMS: JSON.stringify(await Promise.all(sources)), DISABLE_TELEMETRY: '1' };
    const config = join(installed, 'mesh.config.mjs');
    await copyFile(join(import.meta.dirname, 'hive-compose.mjs'), config);
    const script = (name: string) => join(installed, 'node_modules', name);
    await run(process.execPath, [script('@graphql-mesh/compose-cli/esm/bin.js'), '-c', config, '-o', supergraph], {
      cwd: installed,
      env: { ...process.env, ...env },
    });
    return {
      file: process.execPath,
      args: [script('.bin/hive-gateway'), 'supergraph', supergraph, '--host', '127.0.0.1', '--port', String(port)],
      env: { NODE_ENV: 'production', LOG_LEVEL: 'error' },
      cwd: installed,
    };
  },
});

export const contenders = (upstreams: Upstreams, installed: string, version: string): readonly Contender[] => [
  ours(upstreams, version, 0),
  ours(upstreams, version, 2),
  ...(['plain', 'dedupe', 'cached'] as const).map((mode) => tailcall(upstreams, installed, mode)),
  hive(upstreams, installed),
];
