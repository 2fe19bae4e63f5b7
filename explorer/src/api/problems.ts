import type { CombinedError } from 'urql';

/** `spent`: waiting helps. `refused`: asking again does not help. `failed`: a source or the gateway did not answer. */
type ProblemKind = 'spent' | 'refused' | 'failed';

export interface Problem {
  readonly kind: ProblemKind;
  readonly message: string;
  readonly retryAfterSeconds: number | null;
}

const KINDS: Readonly<Record<string, ProblemKind>> = {
  RATE_LIMITED: 'spent',
  UPSTREAM_RATE_LIMITED: 'spent',
  BAD_USER_INPUT: 'refused',
  COST_LIMIT_EXCEEDED: 'refused',
  FORBIDDEN: 'refused',
  UNAUTHENTICATED: 'refused',
};

/** The gateway was updated since the page was loaded, and has forgotten the operations of the former one. */
const OUTDATED: Problem = {
  kind: 'failed',
  message: 'The gateway was updated since this page was opened: load the page again.',
  retryAfterSeconds: null,
};

type Path = readonly (string | number)[];

/** What went wrong, each once, as it concerns the field at `path`, or the whole answer. */
export const problemsOf = (error: CombinedError | undefined, path: Path = []): readonly Problem[] => {
  if (!error) return [];
  if (error.graphQLErrors.length === 0)
    return [{ kind: 'failed', message: 'The gateway does not answer.', retryAfterSeconds: null }];
  const problems = error.graphQLErrors
    .filter((of) => path.every((step, i) => of.path?.[i] === step))
    .map(({ message, extensions: { code, retryAfterSeconds } }): Problem => {
      if (code === 'PERSISTED_QUERY_NOT_FOUND') return OUTDATED;
      const seconds = typeof retryAfterSeconds === 'number' ? retryAfterSeconds : null;
      return { kind: KINDS[String(code)] ?? 'failed', message, retryAfterSeconds: seconds };
    });
  return [...new Map(problems.map((problem) => [problem.message, problem])).values()];
};
