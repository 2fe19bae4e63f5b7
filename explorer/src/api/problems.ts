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

type Path = readonly (string | number)[];

/** What went wrong, each once, as it concerns the field at `path`, or the whole answer. */
export const problemsOf = (error: CombinedError | undefined, path: Path = []): readonly Problem[] => {
  if (!error) return [];
  if (error.graphQLErrors.length === 0)
    return [{ kind: 'failed', message: 'The gateway does not answer.', retryAfterSeconds: null }];
  const problems = error.graphQLErrors
    .filter((of) => path.every((step, i) => of.path?.[i] === step))
    .map(({ message, extensions: { code, retryAfterSeconds } }): Problem => {
      const seconds = typeof retryAfterSeconds === 'number' ? retryAfterSeconds : null;
      return { kind: KINDS[String(code)] ?? 'failed', message, retryAfterSeconds: seconds };
    });
  return [...new Map(problems.map((problem) => [problem.message, problem])).values()];
};
