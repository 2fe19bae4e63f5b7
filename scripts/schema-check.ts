import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { type Change, CriticalityLevel, diff } from '@graphql-inspector/core';
import { buildSchema, type GraphQLSchema } from 'graphql';

/**
 * `npm run schema:check -- [REVISION]` in a checkout of the project: what changed in schema.graphql since a revision, by default since the
 * last tag of a version. Ends with 1 where that breaks clients and the next version is not a major one: no changeset says so, nor does
 * package.json name one already.
 */
const FILES = { schema: 'schema.graphql', manifest: 'package.json', changesets: '.changeset' } as const;

const git = (...args: string[]): string => execFileSync('git', args, { encoding: 'utf8', maxBuffer: 64_000_000 });

const lastVersion = (): string | null => {
  const [tag] = git('tag', '--list', 'v*.*.*', '--merged', 'HEAD', '--sort=-version:refname').split('\n');
  return tag || null;
};

const exists = (revision: string): boolean => {
  try {
    git('rev-parse', '--quiet', '--verify', `${revision}^{commit}`);
    return true;
  } catch {
    return false;
  }
};

const schemaOf = (text: string): GraphQLSchema => buildSchema(text, { assumeValidSDL: true });
const majorOf = (manifest: string): number =>
  Number.parseInt((JSON.parse(manifest) as { version: string }).version, 10);

const isMajor = (changeset: string): boolean => /: major$/m.test(/^---\n(.+?)\n---\n/s.exec(changeset)?.[1] ?? '');
const majorChangesets = (): string[] =>
  readdirSync(FILES.changesets).filter((file) => file.endsWith('.md') && isMajor(read(`${FILES.changesets}/${file}`)));
const read = (path: string): string => readFileSync(path, 'utf8');

const list = (title: string, changes: readonly Change[]): void => {
  if (changes.length > 0) console.log(`${title}:\n${changes.map(({ message }) => `  - ${message}`).join('\n')}`);
};

/** @returns the exit code */
const check = async (base: string): Promise<number> => {
  const before = git('show', `${base}:${FILES.schema}`);
  const changes = await diff(schemaOf(before), schemaOf(read(FILES.schema)));
  const ofLevel = (level: CriticalityLevel) => changes.filter(({ criticality }) => criticality.level === level);
  const breaking = ofLevel(CriticalityLevel.Breaking);
  list('Breaks clients', breaking);
  list('May surprise clients', ofLevel(CriticalityLevel.Dangerous));
  console.log(`${changes.length} changes of ${FILES.schema} since ${base}, ${breaking.length} of them breaking.`);
  if (breaking.length === 0) return 0;
  if (majorOf(read(FILES.manifest)) > majorOf(git('show', `${base}:${FILES.manifest}`))) return 0;
  const reasons = majorChangesets();
  if (reasons.length > 0) {
    console.log(`The next version is a major one: ${reasons.join(', ')}.`);
    return 0;
  }
  console.error(
    'Expected a changeset that says major (npx changeset), or a change that breaks nothing: see docs/releases.md.',
  );
  return 1;
};

const base = process.argv[2] ?? lastVersion();
if (base === null) console.log('No version has been released: nothing can break.');
else if (exists(base)) process.exitCode = await check(base);
else {
  console.error(`Expected a revision of this repository, got ${JSON.stringify(base)}.`);
  process.exitCode = 2;
}
