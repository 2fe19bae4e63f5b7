import type { ReactNode } from 'react';
import { type AnyVariables, type CombinedError, type TypedDocumentNode, useQuery } from 'urql';
import { costOf } from '../api/cost.ts';
import { durationText } from '../text/times.ts';
import { GraphiQLLink } from './graphiql-link.tsx';
import { Loading } from './loading.tsx';
import { Notice } from './notice.tsx';
import { Problems } from './problems.tsx';

export interface AnswerProps<Data, Variables extends AnyVariables> {
  readonly operation: TypedDocumentNode<Data, Variables>;
  readonly variables: Variables;
  readonly loadingLines?: number;
  /** Shows what came, be it in part: a field is null when the error says why. */
  readonly children: (data: Data, error: CombinedError | undefined) => ReactNode;
}

/** Sends an operation and shows its answer in whatever state it is: awaited, whole, in part, out of date, refused. */
export const Answer = <Data, Variables extends AnyVariables>({
  operation,
  variables,
  loadingLines = 3,
  children,
}: AnswerProps<Data, Variables>) => {
  const [{ data, error, fetching, extensions }, repeat] = useQuery<Data, AnyVariables>({ query: operation, variables });
  const retry = (): void => repeat({ requestPolicy: 'network-only' });
  const cost = costOf(extensions);
  return (
    <div aria-busy={fetching}>
      {error && <Problems error={error} hasData={hasContent(data)} onRetry={retry} />}
      {cost !== null && cost.staleSeconds > 0 && (
        <Notice
          tone="stale"
          title="Out of date."
          action={
            <button type="button" onClick={retry}>
              Read again
            </button>
          }
        >
          Answered from what was read {durationText(cost.staleSeconds)} ago.
        </Notice>
      )}
      {!data && fetching && <Loading lines={loadingLines} />}
      {data && hasContent(data) && children(data, error)}
      {data && (
        <footer className="answer-foot">
          {cost && <span>{cost.requests === 1 ? '1 upstream request' : `${cost.requests} upstream requests`}</span>}
          <GraphiQLLink operation={operation} variables={variables} />
        </footer>
      )}
    </div>
  );
};

/** Whether any field of the answer came. */
const hasContent = (data: unknown): boolean =>
  typeof data === 'object' && data !== null && Object.values(data).some((value) => value !== null);
