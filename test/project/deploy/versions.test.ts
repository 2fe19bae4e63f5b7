import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { read, readYaml } from './read-deploy.ts';

interface Lock {
  readonly version: string;
  readonly packages: Readonly<Record<string, { readonly version?: string; readonly resolved?: string }>>;
}

const { name, version } = JSON.parse(read('package.json')) as { name: string; version: string };
const lock = JSON.parse(read('package-lock.json')) as Lock;

describe('versions', () => {
  it('are one in the package, the lock file, the manifests, the chart and the changelog', () => {
    const [list] = readYaml<{ images: { newTag: string }[] }>('deploy/kubernetes/kustomization.yaml');
    expect([lock.version, lock.packages['']?.version]).toEqual([version, version]);
    expect(list?.images.map(({ newTag }) => newTag)).toEqual([version]);
    const [chart] = readYaml<object>('deploy/helm/inventory-gateway/Chart.yaml');
    expect(chart).toMatchObject({ version, appVersion: version });
    expect(/^## (\S+)$/m.exec(read('CHANGELOG.md'))?.[1]).toBe(version);
  });

  it('are installed from the registry that npm is set to, whatever the machine that wrote the lock file', () => {
    const entries = Object.entries(lock.packages);
    expect(entries.length).toBeGreaterThan(100);
    expect(entries.filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
  });

  it('change as changesets say that name this package, what kind of change it is, and something for its users', () => {
    const changesets = readdirSync('.changeset').filter((file) => file.endsWith('.md'));
    for (const file of changesets) {
      const [, heads, text] = /^---\n(.+)\n---\n\n(.+)/s.exec(read(`.changeset/${file}`)) ?? [];
      expect(heads, file).toMatch(new RegExp(`^["']?${name}["']?: (patch|minor|major)$`));
      expect(text?.trim(), file).not.toBe('');
    }
  });
});
