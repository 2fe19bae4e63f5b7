import { useEffect, useState } from 'react';
import { type CombinedError, useQuery } from 'urql';
import { isCountable } from '../api/is-countable.ts';
import { type Hit, hitsOf, type SearchAnswers } from './hits.ts';
import { SearchIdentifiers, SearchNetworks, SearchPlaces, SearchResources } from './operations.ts';

export interface Found {
  readonly hits: readonly Hit[];
  /** Records that contain the term, those not shown included. */
  readonly total: number;
  readonly isBusy: boolean;
  /** Resources were not looked through, because their lists would have to be read. */
  readonly leavesOut: boolean;
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

export interface SearchOptions {
  /** Most records of each type of which the text is a part. */
  readonly first: number;
  /** Resources are looked through also where their lists have to be read for it. */
  readonly readsLists: boolean;
}

/** What a text names or is part of, asked once the typing pauses. */
export const useSearch = (text: string, { first, readsLists }: SearchOptions): Found => {
  const term = useSettled(text.trim());
  const isPart = term.length >= SHORTEST_PART;
  const [identifiers] = useQuery({ query: SearchIdentifiers, variables: { term }, pause: term === '' });
  // Whether the index has read by now what it had not.
  const [places] = useQuery({ query: SearchPlaces, pause: !isPart, requestPolicy: 'cache-and-network' });
  const isInIndex = isCountable(places.data?.sources ?? [], 'SCANORBIT');
  const asksResources = isPart && (readsLists || isInIndex);
  const [resources] = useQuery({ query: SearchResources, variables: { term, first }, pause: !asksResources });
  const [networks] = useQuery({ query: SearchNetworks, variables: { term, first }, pause: !isPart });
  if (term === '') return { hits: [], total: 0, isBusy: text.trim() !== '', leavesOut: false, errors: [] };

  const asked = isPart ? [identifiers, places, networks, ...(asksResources ? [resources] : [])] : [identifiers];
  // While a new term is being asked for, the hits of the former one stay. What has the term comes before what contains it.
  const shown: string | undefined = identifiers.operation?.variables.term;
  const isShown = (state: { operation?: { variables: { term: string } } | undefined }): boolean =>
    isPart && state.operation?.variables.term === shown;
  const answers: SearchAnswers = {
    identifiers: identifiers.data,
    ...(isPart && { places: places.data }),
    ...(asksResources && isShown(resources) && { resources: resources.data }),
    ...(isShown(networks) && { networks: networks.data }),
  };
  const hits = hitsOf(shown ?? term, answers);
  return {
    hits,
    total: Math.max(hits.length, containingCount(answers)),
    isBusy: asked.some(({ fetching }) => fetching) || term !== text.trim(),
    leavesOut: isPart && !asksResources,
    errors: asked.map(({ error }) => error).filter((error) => error !== undefined),
  };
};

const containingCount = ({ resources, networks }: SearchAnswers): number =>
  [resources?.resources, networks?.hosts, networks?.services].reduce((sum, list) => sum + (list?.totalCount ?? 0), 0);
