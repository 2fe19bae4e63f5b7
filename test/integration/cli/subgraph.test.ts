import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const print = async (...options: string[]): Promise<string> => {
  const { stdout } = await promisify(execFile)(process.execPath, ['src/cli/main.js', 'schema', ...options]);
  return stdout;
};

it('prints the subgraph with prefix and without node fields by its options', async () => {
  const sdl = await print('--subgraph', '--prefix', 'Inventory', '--no-node-fields');
  expect(sdl).toContain('@link(url: "https://specs.apollo.dev/federation/v2.9"');
  expect(sdl).toMatch(/^type InventoryResource .*@key\(fields: "id"\) @key\(fields: "resourceId"\)/m);
  const fieldsOfQuery = /^type Query \{(.*?)^\}/ms.exec(sdl)?.[1];
  expect(fieldsOfQuery).toMatch(/^ {2}asOf\(/m);
  expect(fieldsOfQuery).not.toMatch(/^ {2}nodes?\(/m);
});

it('prints no federation directive on the plain schema', async () => {
  expect(await print()).not.toMatch(/@(key|link|tag|shareable|cost)\b/);
});
