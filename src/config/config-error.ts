/** One thing wrong with the configuration. */
export interface ConfigProblem {
  /** Where: a path such as `sources[1].url`, or the name of an environment variable. */
  readonly path: string;
  /** What was expected, what came, and a hint where there is one. Holds no secret. */
  readonly message: string;
}

/** Everything wrong with the configuration, in one message. */
export class ConfigError extends Error {
  readonly problems: readonly ConfigProblem[];

  constructor(problems: readonly ConfigProblem[]) {
    const lines = problems.map(({ path, message }) => `  - ${path}: ${message}`);
    super(`The configuration has ${problems.length} problem${problems.length === 1 ? '' : 's'}:\n${lines.join('\n')}`);
    this.name = 'ConfigError';
    this.problems = problems;
  }
}

/** No source is configured at all: not a mistake in a setting, but nothing to start with. */
export class NotConfiguredError extends Error {
  constructor() {
    super('No source is configured.');
    this.name = 'NotConfiguredError';
  }
}
