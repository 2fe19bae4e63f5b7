import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const gateway = process.env.GATEWAY_URL ?? 'http://127.0.0.1:4000';
const outDir = join(import.meta.dirname, '../dist/explorer');

/** The gateway trusts the explorer's operations: it reads them from this file. */
const trustedDocuments: Plugin = {
  name: 'trusted-documents',
  apply: 'build',
  closeBundle: () =>
    copyFileSync(
      join(import.meta.dirname, 'src/gql/persisted-documents.json'),
      join(outDir, 'persisted-documents.json'),
    ),
};

export default defineConfig({
  root: import.meta.dirname,
  base: '/explore/',
  plugins: [react(), trustedDocuments],
  // One origin for page and API: the gateway then needs no CORS.
  server: { host: '127.0.0.1', proxy: { '/graphql': { target: gateway, ws: true } } },
  // No file is inlined as a data: address: the content security policy refuses scripts and styles that are.
  build: { outDir, emptyOutDir: true, assetsInlineLimit: 0, modulePreload: { polyfill: false } },
});
