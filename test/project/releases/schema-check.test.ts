import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const SCRIPT = join(import.meta.dirname, '../../../scripts/schema-check.ts');
const BEFORE =
  'type Query { hosts(first: Int): [Host!] }\ntype Host { id: ID! name: String kind: Kind }\nenum Kind { A }\n';

let folder: string;
const git = (...args: string[]) =>
  execFileSync(
    'git',
    ['-c', 'user.name=test', '-c', 'user.email=test@example.com', '-c', 'commit.gpgsign=false', ...args],
    {
      cwd: folder,
      stdio: 'ignore',
    },
  );
const write = (path: string, text: string) => writeFileSync(join(folder, path), text);
const writeVersion = (version: string) => write('package.json', JSON.stringify({ name: 'gateway', version }));
const changeset = (kind: string) =>
  write(
    '.changeset/brave-hosts.md',
    `---\n'gateway': ${kind}\n---\n\nHosts have no name any more. This is not a: major\n\n---\n`,
  );
const commit = (message: string) => {
  git('add', '--all');
  git('commit', '--message', message);
};

const check = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [SCRIPT, ...args], { cwd: folder, encoding: 'utf8' });
  return { status, said: stdout + stderr };
};

describe('the check of the schema against the last version', () => {
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'schema-check-'));
    mkdirSync(join(folder, '.changeset'));
    git('init', '--initial-branch', 'main');
    writeVersion('1.4.0');
    write('schema.graphql', BEFORE);
    write('.changeset/config.json', '{}');
    commit('first');
    git('tag', 'v1.4.0');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const removeName = () => write('schema.graphql', BEFORE.replace('name: String ', ''));

  it('passes a schema that only grows', () => {
    write('schema.graphql', BEFORE.replace('name: String', 'name: String title: String'));
    const { status, said } = check();
    expect(said).toContain('1 changes of schema.graphql since v1.4.0, 0 of them breaking.');
    expect(status).toBe(0);
  });

  it('fails on a field that was removed, and names it', () => {
    removeName();
    const { status, said } = check();
    expect(said).toContain("Field 'name' was removed from object type 'Host'");
    expect(said).toContain('Expected a changeset that says major');
    expect(status).toBe(1);
  });

  it('fails where a changeset says minor only', () => {
    removeName();
    changeset('minor');
    expect(check().status).toBe(1);
  });

  it('passes it with a changeset that says major', () => {
    removeName();
    changeset('major');
    const { status, said } = check();
    expect(said).toContain('The next version is a major one: brave-hosts.md.');
    expect(status).toBe(0);
  });

  it('passes it once the changeset has become a major version', () => {
    removeName();
    writeVersion('2.0.0');
    commit('release');
    expect(check().status).toBe(0);
  });

  it('reports what may surprise clients, such as a further value of an enum, without failing', () => {
    write('schema.graphql', BEFORE.replace('{ A }', '{ A B }'));
    const { status, said } = check();
    expect(said).toMatch(/May surprise clients:\n {2}- .*'B'/);
    expect(status).toBe(0);
  });

  it('compares with the revision it is given, such as the branch that a change is for', () => {
    removeName();
    commit('broken on main already');
    git('checkout', '-b', 'change');
    expect(check('main')).toMatchObject({ status: 0, said: expect.stringContaining('0 changes') });
    expect(check('v1.4.0').status).toBe(1);
    expect(check('nowhere')).toMatchObject({ status: 2, said: expect.stringContaining('got "nowhere"') });
  });

  it('has nothing to compare with before the first version', () => {
    git('tag', '--delete', 'v1.4.0');
    removeName();
    expect(check()).toMatchObject({ status: 0, said: expect.stringContaining('nothing can break') });
  });
});
