import { Secret } from '#lib/secret.ts';
import { completedConfig, configSchema, type GatewayConfig } from './config.ts';
import { ConfigError, type ConfigProblem } from './config-error.ts';
import { describeIssue } from './describe-issue.ts';
import type { SourceKindSettings } from './source-options.ts';

/**
 * Validates and freezes. `nameOf` says how a path is called where the reader set it (an environment variable).
 * @throws ConfigError with these problems and every one found before.
 */
export const validateConfig = (
  kinds: readonly SourceKindSettings[],
  input: unknown,
  earlier: readonly ConfigProblem[] = [],
  nameOf: (path: string) => string = (path) => path,
): GatewayConfig => {
  const schema = configSchema(kinds);
  const parsed = completedConfig(schema).safeParse(input, { reportInput: true });
  const found = parsed.success ? [] : parsed.error.issues.flatMap((issue) => describeIssue(issue, schema));
  const named = found.map((problem) => ({ ...problem, path: nameOf(problem.path) }));
  const problems = [...earlier, ...named.filter(({ path }) => !earlier.some((known) => known.path === path))];
  if (!parsed.success || problems.length > 0) throw new ConfigError(problems);
  return deepFreeze(parsed.data);
};

const deepFreeze = <T>(value: T): T => {
  if (typeof value !== 'object' || value === null || value instanceof Secret) return value;
  for (const child of Object.values(value)) deepFreeze(child);
  return Object.freeze(value);
};
