import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '#sources/kinds.ts';

const ENVIRONMENT = {
  SCANORBIT_URL: 'https://scanorbit.example.com/api/v1',
  SCANORBIT_API_KEY: 'one',
  SCANOPY_URL: 'https://scanopy.example.com',
  SCANOPY_API_KEY: 'two',
  FRONTEND_KEY_SHA256: '0'.repeat(64),
  OPERATOR_TOKEN: 'three',
};

/** The configuration that a gateway in a container makes of a file that is mounted there. @throws ConfigError */
export const loadedConfig = (yaml: string, environment: Readonly<Record<string, string>> = {}) => {
  const folder = mkdtempSync(join(tmpdir(), 'inventory-deploy-'));
  const file = join(folder, 'config.yaml');
  writeFileSync(file, yaml);
  try {
    return loadConfig({ ...ENVIRONMENT, ...environment, HOST: '0.0.0.0', INVENTORY_CONFIG: file });
  } finally {
    rmSync(folder, { recursive: true });
  }
};
