import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ConfigInput } from '#config/config.ts';

const root = join(import.meta.dirname, '../..');

/** How the built gateway (`npm run build`) is started with this configuration, which goes into a file in the folder. */
export const builtGateway = async (folder: string, config: ConfigInput) => {
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
