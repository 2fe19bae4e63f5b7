import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

/** Starts and ends a gateway, and prints which modules of several replicas were loaded. */
const program = `
import { registerHooks } from 'node:module';
const seen = [];
registerHooks({ load: (url, context, next) => (seen.push(url), next(url, context)) });
const { createGateway } = await import('#server/create-gateway.ts');
const { defineConfig } = await import('#sources/kinds.ts');
const gateway = await createGateway(defineConfig({
  sources: [{ name: 'cloud', kind: 'scanorbit', url: 'http://127.0.0.1:1/api/v1', apiKey: 'k' }],
  server: { port: 0 },
  index: { enabled: false },
  log: { level: 'silent' },
}));
await gateway.close();
console.log(JSON.stringify({ all: seen.length, ofReplicas: seen.filter((url) => /iovalkey|src\\/cluster\\//.test(url)) }));
process.exit(0);
`;

test('without REDIS_URL neither the client of Redis nor anything of replicas is loaded', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program]);
  const { all, ofReplicas } = JSON.parse(stdout) as { all: number; ofReplicas: string[] };
  expect(all).toBeGreaterThan(100);
  expect(ofReplicas).toEqual([]);
});
