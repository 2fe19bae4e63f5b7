import { type ReactNode, useId, useMemo } from 'react';
import { type AnyVariables, type CombinedError, type TypedDocumentNode, useQuery } from 'urql';
import { allowStale } from '../api/client.ts';
import { costOf } from '../api/cost.ts';
import { durationText } from '../text/times.ts';
import { GraphiQLLink } from './graphiql-link.tsx';
import { Loading } from './loading.tsx';
import { Problems } from './problems.tsx';
import { Stale } from './stale.tsx';

export interface AnswerProps<Data, Variables extends AnyVariables> {
  readonly title: string;
  readonly operation: TypedDocumentNode<Data, Variables>;
  readonly variables: Variables;
  readonly loadingLines?: number;
  /** An answer of the index will do that is older than usual, rather than another request to a source. @default 0 */
  readonly maxStaleSeconds?: number;
  /** Shows what came, be it in part: a field is null when the error says why. */
  readonly children: (data: Data, error: CombinedError | undefined) => ReactNode;
}

/** Sends an operation and shows its answer in whatever state it is: awaited, whole, in part, out of date, refused. */
export const Answer = <Data, Variables extends AnyVariables>({
  title,
  operation,
  variables,
  loadingLines = 3,
  maxStaleSeconds = 0,
  children,
}: AnswerProps<Data, Variables>) => {
  const heading = useId();
  const [{ data, error, fetching, extensions }, repeat] = useQuery<Data, AnyVariables>({
    query: operation,
    variables,
    context: useMemo(() => allowStale(maxStaleSeconds), [maxStaleSeconds]),
  });
  const retry = (): void => repeat({ requestPolicy: 'network-only', ...allowStale(0) });
  const cost = costOf(extensions);
  const isThere = hasContent(data);
  const age = cost?.staleSeconds ?? 0;
  return (
    <section className="answer" aria-labelledby={heading} aria-busy={fetching}>
      <header>
        <h2 id={heading} className="answer-title">
          {title}
        </h2>
        <p className="note">
          {age > 0 && age <= maxStaleSeconds && <span>read {durationText(age)} ago</span>}
          {cost && <span>{cost.requests === 1 ? '1 upstream request' : `${cost.requests} upstream requests`}</span>}{' '}
          <GraphiQLLink operation={operation} variables={variables} />
        </p>
      </header>
      {error && <Problems error={error} hasData={isThere} onRetry={retry} />}
      {age > maxStaleSeconds && <Stale seconds={age} onRetry={retry} />}
      {!data && fetching && <Loading lines={loadingLines} what={`Loading ${title}`} />}
      {data && isThere && children(data, error)}
    </section>
  );
};

/** Whether any field of the answer came. */
const hasContent = (data: unknown): boolean =>
  typeof data === 'object' && data !== null && Object.values(data).some((value) => value !== null);
