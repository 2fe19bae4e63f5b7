import { readFileSync } from 'node:fs';
import { parseDocument } from 'yaml';
import type { ConfigInput, GatewayConfig } from './config.ts';
import { type ConfigProblem, NotConfiguredError } from './config-error.ts';
import {
  type Environment,
  expandReferences,
  type FileNotes,
  type References,
  sourcesFromEnvironment,
  variableAt,
  withEnvironment,
} from './environment.ts';
import type { SourceKindSettings } from './source-options.ts';
import { validateConfig } from './validate-config.ts';

type Tree = Record<string, unknown>;

/**
 * The configuration of this process: the file named by `INVENTORY_CONFIG`, then the environment over it.
 * @param files gets the path of every file and folder that the configuration is made of, also where it cannot be used
 * @throws ConfigError with all problems; NotConfiguredError when there is no source at all.
 */
export const loadConfig = (
  kinds: readonly SourceKindSettings[],
  environment: Environment,
  files: FileNotes = new Set<string>(),
): GatewayConfig => {
  const problems: ConfigProblem[] = [];
  const file = readConfigFile({ environment, files, problems });
  const config = complete(kinds, file, environment, problems);
  for (const path of [config.persisted.manifest, config.questions.directory]) if (path !== null) files.add(path);
  if (config.sources.length === 0) throw new NotConfiguredError();
  return config;
};

/** A configuration whose sources are given, with everything else from the environment. @throws ConfigError. */
export const configWithSources = (
  kinds: readonly SourceKindSettings[],
  given: ConfigInput,
  environment: Environment,
): GatewayConfig => complete(kinds, given, environment, []);

const complete = (
  kinds: readonly SourceKindSettings[],
  file: Tree,
  environment: Environment,
  problems: ConfigProblem[],
): GatewayConfig => {
  const merged = withEnvironment(file, environment, problems);
  const listsSources = file.sources !== undefined;
  if (!listsSources) merged.sources = sourcesFromEnvironment(kinds, environment, problems);
  return validateConfig(kinds, merged, problems, (path) => nameOf(path, merged, environment, listsSources));
};

const readConfigFile = (references: References): Tree => {
  const { environment, files, problems } = references;
  const path = environment.INVENTORY_CONFIG;
  if (!path) return {};
  files.add(path);
  const complain = (message: string): Tree => {
    problems.push({ path: 'INVENTORY_CONFIG', message });
    return {};
  };
  try {
    const document = parseDocument(readFileSync(path, 'utf8'), { prettyErrors: true });
    const [error] = document.errors;
    if (error) return complain(`expected a YAML file, got ${path}: ${error.message.split('\n')[0]}`);
    const tree: unknown = document.toJS() ?? {};
    if (typeof tree !== 'object' || tree === null || Array.isArray(tree))
      return complain(`expected a YAML file of sections, got ${path}`);
    return expandReferences(tree, references) as Tree;
  } catch (error) {
    return complain(`expected a readable file, got ${path} (${(error as NodeJS.ErrnoException).code ?? 'unreadable'})`);
  }
};

/** Problems of values that came from the environment bear the variable's name. */
const nameOf = (path: string, merged: Tree, environment: Environment, listsSources: boolean): string => {
  const ofSource = /^sources\[(\d+)\]\.(url|apiKey)$/.exec(path);
  if (ofSource && !listsSources) {
    const { kind } = (merged.sources as { kind: string }[])[Number(ofSource[1])] ?? { kind: '' };
    return `${kind.toUpperCase()}_${ofSource[2] === 'url' ? 'URL' : 'API_KEY'}`;
  }
  return variableAt(environment, path) ?? path;
};
