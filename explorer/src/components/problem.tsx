import type { CombinedError } from 'urql';

export interface ProblemProps {
  readonly error: CombinedError;
  readonly hasData: boolean;
  readonly onRetry: () => void;
}

/** What is missing and when to come back. Part of an answer is shown all the same: one source that is down never blanks the other. */
export const Problem = ({ error, hasData, onRetry }: ProblemProps) => (
  <section role="alert" className="problem">
    <strong>{hasData ? 'Some of this is missing.' : 'This could not be loaded.'}</strong>
    <ul>
      {messagesOf(error).map((message) => (
        <li key={message}>{message}</li>
      ))}
    </ul>
    <button type="button" onClick={onRetry}>
      Try again
    </button>
  </section>
);

const messagesOf = ({ graphQLErrors, networkError }: CombinedError): readonly string[] => {
  if (networkError) return ['The gateway does not answer.'];
  return [
    ...new Set(
      graphQLErrors.map(({ message, extensions }) => {
        const seconds = extensions.retryAfterSeconds;
        return typeof seconds === 'number' ? `${message} (again in ${seconds} s)` : message;
      }),
    ),
  ];
};
