import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
}

/** Up to the innermost package a module lies in. */
const PACKAGE = /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/;

/**
 * Lists the packages whose code is part of the bundle, with their licences, which must come along. Vite's own list leaves out what only
 * workers import, so this plugin takes part in both builds.
 */
export const bundledLicences = (file: string): { readonly collect: () => Plugin; readonly write: Plugin } => {
  const folders = new Set<string>();
  const collect = (): Plugin => ({
    name: 'bundled-licences-collect',
    apply: 'build',
    generateBundle: (_options, bundle) => {
      const chunks = Object.values(bundle).filter((output) => output.type === 'chunk');
      for (const id of chunks.flatMap(({ modules }) => Object.keys(modules))) {
        const folder = PACKAGE.exec(id)?.[0].replace(/^\0+/, '');
        if (folder) folders.add(folder);
      }
    },
  });
  const write: Plugin = {
    name: 'bundled-licences-write',
    apply: 'build',
    closeBundle: () => {
      const packages = [...folders].map(licenceOf).toSorted((a, b) => a.name.localeCompare(b.name));
      writeFileSync(file, `${JSON.stringify(packages, null, 2)}\n`);
    },
  };
  return { collect, write };
};

const licenceOf = (folder: string) => {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
  const [text] = readdirSync(folder).filter((entry) => /^licen[cs]e/i.test(entry));
  return { name, version, license: license ?? null, text: text ? readFileSync(join(folder, text), 'utf8') : null };
};
