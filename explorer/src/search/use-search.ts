import { useEffect, useState } from 'react';
import { type CombinedError, useQuery } from 'urql';
import { type Hit, hitsOf } from './hits.ts';
import { SearchIdentifiers, SearchNames, SearchPlaces } from './operations.ts';

export interface Found {
  readonly hits: readonly Hit[];
  /** Records that contain the term, those not shown included. */
  readonly total: number;
  readonly isBusy: boolean;
  readonly errors: readonly CombinedError[];
}

const PAUSE_MS = 250;
/** Shorter ones are part of nearly everything. */
const SHORTEST_PART = 3;

/** @returns the value that has stood for a moment. */
const useSettled = (value: string): string => {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
};

/** What a text names or is part of, asked once the typing pauses. @param first of each type, where it is a part */
export const useSearch = (text: string, first: number): Found => {
  const term = useSettled(text.trim());
  const [identifiers] = useQuery({ query: SearchIdentifiers, variables: { term }, pause: term === '' });
  const isPart = term.length >= SHORTEST_PART;
  const [names] = useQuery({ query: SearchNames, variables: { term, first }, pause: !isPart });
  const [places] = useQuery({ query: SearchPlaces, pause: !isPart });
  if (term === '') return { hits: [], total: 0, isBusy: text.trim() !== '', errors: [] };
  // While a new term is being asked for, the hits of the former one stay. What has the term comes before what contains it.
  const shown: string | undefined = identifiers.operation?.variables.term;
  const isSameTerm = names.operation?.variables.term === shown;
  const hits = hitsOf(shown ?? term, {
    identifiers: identifiers.data,
    ...(isPart && { places: places.data }),
    ...(isPart && isSameTerm && { names: names.data }),
  });
  const counts = isPart ? [names.data?.resources, names.data?.hosts, names.data?.services] : [];
  return {
    hits,
    total: Math.max(
      hits.length,
      counts.reduce((sum, list) => sum + (list?.totalCount ?? 0), 0),
    ),
    isBusy: identifiers.fetching || (isPart && names.fetching) || term !== text.trim(),
    errors: [identifiers.error, ...(isPart ? [places.error, names.error] : [])].filter((error) => error !== undefined),
  };
};
