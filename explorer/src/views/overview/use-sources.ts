import { useEffect, useState } from 'react';
import { useQuery } from 'urql';
import { MOMENT } from '../../api/moment.ts';
import type { OverviewSourcesQuery } from '../../gql/graphql.ts';
import { graphql } from '../../gql/index.ts';
import { type Reading, withReading } from './index-progress.ts';

export const OverviewSources = graphql(`
  query OverviewSources {
    sources {
      name
      kind
      health
      lastError
      serverVersion
      budget { limit windowSeconds remaining queued resetAt }
      index { complete coverage records missingRows startedAt completedAt }
    }
  }
`);

export type Source = OverviewSourcesQuery['sources'][number];

/** What a source reported, and how fast its index has been read since the page was opened. */
export interface WatchedSource extends Source {
  readonly readings: readonly Reading[];
}

/** Costs no upstream request, so that it may be asked often. */
const POLL_MS = 3_000;

/** The sources, live, or as a moment of the past had read them; not while nobody sees the page. */
export const useSources = () => {
  const [{ data, error, extensions }, repeat] = useQuery({ query: OverviewSources });
  const [readings, setReadings] = useState<Readonly<Record<string, readonly Reading[]>>>({});
  useEffect(() => {
    // What was does not change.
    if (MOMENT !== null) return;
    const ask = (): void => {
      if (document.visibilityState === 'visible') repeat({ requestPolicy: 'network-only' });
    };
    const timer = setInterval(ask, POLL_MS);
    document.addEventListener('visibilitychange', ask);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', ask);
    };
  }, [repeat]);
  useEffect(() => {
    const atMs = performance.now();
    setReadings((known) =>
      Object.fromEntries(
        (data?.sources ?? []).map(({ name, index: { coverage } }) => [
          name,
          withReading(known[name] ?? [], { atMs, coverage }),
        ]),
      ),
    );
  }, [data]);
  const sources: readonly WatchedSource[] | undefined = data?.sources.map((source) => ({
    ...source,
    readings: readings[source.name] ?? [],
  }));
  return { sources, error, extensions, repeat };
};
