import { useState } from 'react';
import { useQuery } from 'urql';
import { addressAt, MOMENT } from '../../api/moment.ts';
import { Loading } from '../../components/loading.tsx';
import { Problems } from '../../components/problems.tsx';
import { Unknown } from '../../components/unknown.tsx';
import type { HistoryOfDayQuery } from '../../gql/graphql.ts';
import { countedText, countText } from '../../text/amounts.ts';
import { DayChanges } from './day-changes.tsx';
import { clockText, dayText, type Stretch } from './days.ts';
import { HistoryOfDay } from './operations.ts';

type Readings = NonNullable<HistoryOfDayQuery['readings']>;

const COUNTS = [
  ['added', '+', 'appeared'],
  ['changed', '~', 'changed'],
  ['removed', '−', 'gone'],
] as const;

/** One day of the time line. */
export const Day = ({ day }: { readonly day: Stretch }) => {
  const [{ data, error, fetching }, repeat] = useQuery({ query: HistoryOfDay, variables: { ...day } });
  const total = COUNTS.reduce((sum, [name]) => sum + (data?.[name]?.totalCount ?? 0), 0);
  const isShown = MOMENT !== null && MOMENT > day.since && MOMENT <= day.until;
  return (
    <li className="day panel" aria-busy={fetching} aria-current={isShown ? 'time' : undefined}>
      <h2>
        <time dateTime={day.since}>{dayText(day.since)}</time>
        {isShown && MOMENT !== null && <span className="chip">shown now: {clockText(MOMENT)}</span>}
      </h2>
      {!data && fetching && <Loading lines={1} what={`Loading ${dayText(day.since)}`} />}
      {error && (
        <Problems
          error={error}
          hasData={Boolean(data?.added)}
          onRetry={() => repeat({ requestPolicy: 'network-only' })}
        />
      )}
      {data?.added && (total > 0 || data.readings?.totalCount !== 0) && (
        <ul className="day-counts">
          {COUNTS.map(([name, sign, word]) => (
            <li key={name} className={name}>
              <span aria-hidden="true">{sign}</span>
              {countText(data[name]?.totalCount ?? 0)} {word}
            </li>
          ))}
        </ul>
      )}
      {total > 0 && <Opened summary="What changed">{() => <DayChanges day={day} />}</Opened>}
      {data &&
        (data.readings ? <ReadingsOfDay readings={data.readings} /> : <Unknown error={error} field="readings" />)}
    </li>
  );
};

interface OpenedProps {
  readonly summary: string;
  readonly children: () => React.ReactNode;
}

/** Asks for its content when it is opened. */
const Opened = ({ summary, children }: OpenedProps) => {
  const [isOpen, setOpen] = useState(false);
  return (
    <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{summary}</summary>
      {isOpen && children()}
    </details>
  );
};

/** The view of each is the inventory as that reading found it. */
const ReadingsOfDay = ({ readings: { totalCount, nodes } }: { readonly readings: Readings }) => {
  if (totalCount === 0) return <p className="quiet">No source was read: of this day nothing is known.</p>;
  return (
    <details>
      <summary>{countedText(totalCount, 'reading')}</summary>
      <ul className="readings">
        {nodes.map(({ source, time, isComplete }) => (
          <li key={`${source} ${time}`}>
            <a href={addressAt(time, { pathname: '/explore/', search: '' })}>
              {clockText(time)} {source}
            </a>
            {!isComplete && <small>not everything was read</small>}
          </li>
        ))}
      </ul>
      {totalCount > nodes.length && (
        <p className="quiet">The last {countText(nodes.length)}; others by the field for a moment above.</p>
      )}
    </details>
  );
};
