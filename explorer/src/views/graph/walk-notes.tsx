import { CombinedError } from 'urql';
import { costOf } from '../../api/cost.ts';
import { hasIndex } from '../../api/has-index.ts';
import { MOMENT } from '../../api/moment.ts';
import { Notice } from '../../components/notice.tsx';
import { Problems } from '../../components/problems.tsx';
import { Stale } from '../../components/stale.tsx';
import type { WalkedSourceFragment } from '../../gql/graphql.ts';
import { percentText } from '../../text/amounts.ts';

export interface WalkNotesProps {
  readonly error: CombinedError | undefined;
  readonly extensions: Readonly<Record<string, unknown>> | undefined;
  /** Undefined until an answer came. */
  readonly sources: readonly WalkedSourceFragment[] | undefined;
  readonly hasData: boolean;
  readonly onRetry: () => void;
}

/** What went wrong, how old the answer is, and how much of the sources the index has read: where that is not all, what is not shown may exist all the same. */
export const WalkNotes = ({ error, extensions, sources = [], hasData, onRetry }: WalkNotesProps) => {
  const unread = sources.filter(({ index }) => !index.complete);
  const other = unread.length > 0 ? withoutIndex(error) : error;
  const age = costOf(extensions)?.staleSeconds ?? 0;
  return (
    <>
      {other && <Problems error={other} hasData={hasData} onRetry={onRetry} />}
      {age > 0 && <Stale seconds={age} onRetry={onRetry} />}
      {unread.length > 0 && <NotWhole unread={unread} onRetry={onRetry} />}
    </>
  );
};

interface NotWholeProps {
  readonly unread: readonly WalkedSourceFragment[];
  readonly onRetry: () => void;
}

const NotWhole = ({ unread, onRetry }: NotWholeProps) => {
  if (MOMENT !== null)
    return (
      <Notice tone="partial" title={`Of ${unread.map(({ name }) => name).join(', ')} not everything was read then:`}>
        assets and relations may be missing here.
      </Notice>
    );
  if (!unread.some(hasIndex))
    return (
      <Notice tone="partial" title="There is no index.">
        A walk asks the sources, for a few assets only: relations may be missing here.
      </Notice>
    );
  return (
    <Notice
      tone="partial"
      title="The index is not complete:"
      action={
        <button type="button" onClick={onRetry}>
          Read again
        </button>
      }
    >
      {unread.map(({ name, index }) => `${percentText(index.coverage)} of ${name} is read`).join(', ')}. Until all is, a
      walk asks the sources, for a few assets only: relations may be missing here.
    </Notice>
  );
};

/** What else went wrong: the notice about the index says the rest better. */
const withoutIndex = (error: CombinedError | undefined): CombinedError | undefined => {
  const graphQLErrors = error?.graphQLErrors.filter(({ extensions }) => extensions.reason !== 'INDEX_INCOMPLETE') ?? [];
  return graphQLErrors.length > 0 ? new CombinedError({ graphQLErrors }) : error?.networkError && error;
};
