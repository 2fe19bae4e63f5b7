import { Secret } from '#lib/secret.ts';
import { type ConfigInput, completedConfig, configSchema, type GatewayConfig } from './config.ts';
import { ConfigError, type ConfigProblem } from './config-error.ts';
import { describeIssue } from './describe-issue.ts';

/**
 * Validates and freezes. `nameOf` says how a path is called where the reader set it (an environment variable).
 * @throws ConfigError with these problems and every one found before.
 */
export const validateConfig = (
  input: unknown,
  earlier: readonly ConfigProblem[] = [],
  nameOf: (path: string) => string = (path) => path,
): GatewayConfig => {
  const parsed = completedConfig.safeParse(input, { reportInput: true });
  const found = parsed.success ? [] : parsed.error.issues.flatMap((issue) => describeIssue(issue, configSchema));
  const named = found.map((problem) => ({ ...problem, path: nameOf(problem.path) }));
  const problems = [...earlier, ...named.filter(({ path }) => !earlier.some((known) => known.path === path))];
  if (!parsed.success || problems.length > 0) throw new ConfigError(problems);
  return deepFreeze(parsed.data);
};

/** A configuration made in code, e.g. by the demo; what is left out has its default. */
export const defineConfig = (input: ConfigInput): GatewayConfig => validateConfig(input);

const deepFreeze = <T>(value: T): T => {
  if (typeof value !== 'object' || value === null || value instanceof Secret) return value;
  for (const child of Object.values(value)) deepFreeze(child);
  return Object.freeze(value);
};
