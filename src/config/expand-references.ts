import type { ConfigProblem } from './config-error.ts';
import { pathText } from './describe-issue.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

const REFERENCE = /\$\{([^}]*)\}/g;

/** Replaces `${NAME}` in every text of the tree. A variable that is not set (or empty) is a problem, and leaves the text out. */
export const expandReferences = (
  value: unknown,
  environment: Environment,
  problems: ConfigProblem[],
  path: readonly PropertyKey[] = [],
): unknown => {
  if (typeof value === 'string') return expandText(value, environment, problems, path);
  if (Array.isArray(value)) return value.map((item, i) => expandReferences(item, environment, problems, [...path, i]));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, expandReferences(item, environment, problems, [...path, key])]),
  );
};

const expandText = (
  text: string,
  environment: Environment,
  problems: ConfigProblem[],
  path: readonly PropertyKey[],
): string | undefined => {
  const names = [...text.matchAll(REFERENCE)].map((match) => match[1] ?? '');
  const missing = names.filter((name) => !environment[name]);
  if (missing.length > 0) {
    const list = missing.map((name) => `\${${name}}`).join(', ');
    problems.push({
      path: pathText(path),
      message: `refers to ${list}, expected that environment variable to be set, got nothing`,
    });
    return undefined;
  }
  return text.replace(REFERENCE, (_, name: string) => environment[name] ?? '');
};
