import { hash } from 'node:crypto';
import type { SourceSet } from '#sources/source-set.ts';

export interface Question {
  readonly query: string;
  readonly operationName: string | null | undefined;
  readonly variables: unknown;
}

const names = new WeakMap<SourceSet, string>();

/** Names the sources, credentials and rules of correlation behind a set: who has the same ones gets the same answers. */
export const nameOfSources = (sources: SourceSet): string => {
  const known = names.get(sources);
  if (known !== undefined) return known;
  const name = JSON.stringify([
    sources.all.map(({ identity, name: called }) => [called, identity]),
    sources.inventory.rules,
  ]);
  names.set(sources, name);
  return name;
};

/** Equal for questions with equal answers. A hash, so that a long document takes no room. */
export const answerKey = (sources: SourceSet, { query, operationName, variables }: Question): string =>
  hash('sha256', JSON.stringify([nameOfSources(sources), operationName ?? null, variables ?? {}, query]), 'base64');
