import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ConfigInput } from '#config/config.ts';
import type { Command } from './process.ts';

const root = join(import.meta.dirname, '../..');

/** For upstreams that refuse nobody. */
export const UNLIMITED_BUDGET = { ratePerSecond: 10_000, burst: 10_000, reserve: 0, concurrency: 50 };

/** How the built gateway (`npm run build`) is started with this configuration, which goes into a file in the folder. */
export const builtGateway = async (folder: string, config: ConfigInput): Promise<Command> => {
  const file = join(folder, 'gateway.yaml');
  // JSON is YAML.
  await writeFile(file, JSON.stringify(config));
  return {
    file: process.execPath,
    args: [join(root, 'dist/src/cli/main.js'), 'serve', '--config', file],
    env: { NODE_ENV: 'production' },
    cwd: folder,
  };
};

const MOST_SECONDS = 120;

/** Waits until the index of every source has been read. @throws when that takes too long */
export const untilIndexed = async (url: string, headers: Readonly<Record<string, string>> = {}): Promise<void> => {
  const endsAt = performance.now() + MOST_SECONDS * 1000;
  while (performance.now() < endsAt) {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query: '{ sources { index { complete } } }' }),
    });
    const { data } = (await response.json()) as { data: { sources: { index: { complete: boolean } }[] } };
    if (data.sources.every(({ index }) => index.complete)) return;
    await sleep(200);
  }
  throw new Error(`Expected a complete index within ${MOST_SECONDS} s, got none`);
};
