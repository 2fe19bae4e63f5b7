import { copyFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { bundledLicences } from './bundled-licences.ts';

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

/** The gateway sends these files as they are kept: compressed. */
const compressedAssets: Plugin = {
  name: 'compressed-assets',
  apply: 'build',
  closeBundle: () => {
    const folder = join(outDir, 'assets');
    for (const name of readdirSync(folder)) {
      writeFileSync(join(folder, `${name}.gz`), gzipSync(readFileSync(join(folder, name)), { level: 9 }));
      rmSync(join(folder, name));
    }
  },
};

const licences = bundledLicences(join(outDir, 'licences.json'));

export default defineConfig({
  root: import.meta.dirname,
  base: '/explore/',
  plugins: [react(), licences.collect(), licences.write, trustedDocuments, compressedAssets],
  worker: { plugins: () => [licences.collect()] },
  // One origin for page and API: the gateway then needs no CORS.
  server: { host: '127.0.0.1', proxy: { '/graphql': { target: gateway, ws: true } } },
  // No file is inlined as a data: address: the content security policy refuses scripts and styles that are.
  build: { outDir, emptyOutDir: true, assetsInlineLimit: 0, modulePreload: { polyfill: false } },
});
