import type { CombinedError } from 'urql';
import { type Problem, problemsOf } from '../api/problems.ts';
import { countdownText } from '../text/times.ts';
import { Notice } from './notice.tsx';
import { useSecondsLeft } from './use-seconds-left.ts';

export interface ProblemsProps {
  readonly error: CombinedError;
  readonly hasData: boolean;
  readonly onRetry: () => void;
}

/** What is missing and when to come back. Part of an answer is shown all the same: one source that is down never blanks the other. */
export const Problems = ({ error, hasData, onRetry }: ProblemsProps) => {
  const problems = problemsOf(error);
  const seconds = Math.max(0, ...problems.map(({ retryAfterSeconds }) => retryAfterSeconds ?? 0));
  const left = useSecondsLeft(seconds, error);
  const retry = !allAre(problems, 'refused') && (
    <button type="button" onClick={onRetry} disabled={left > 0}>
      {left > 0 ? `Try again in ${countdownText(left)}` : 'Try again'}
    </button>
  );
  return (
    <Notice tone={toneOf(problems, hasData)} title={titleOf(problems, hasData)} action={retry}>
      {problems.map(({ message }) => (
        <p key={message}>{message}</p>
      ))}
    </Notice>
  );
};

const allAre = (problems: readonly Problem[], kind: Problem['kind']): boolean =>
  problems.every((problem) => problem.kind === kind);

const toneOf = (problems: readonly Problem[], hasData: boolean) => {
  if (allAre(problems, 'spent')) return 'spent';
  if (hasData) return 'partial';
  return allAre(problems, 'refused') ? 'refused' : 'failed';
};

const titleOf = (problems: readonly Problem[], hasData: boolean): string => {
  if (hasData) return 'Some of this is missing.';
  if (allAre(problems, 'spent')) return 'There is no budget for this now.';
  return allAre(problems, 'refused') ? 'The gateway refused this.' : 'This could not be loaded.';
};
