import { useMemo } from 'react';
import { useSearchParams } from 'react-router';
import type { DependencyKind, GraphDirection } from '../../gql/graphql.ts';
import type { Arrangement } from '../../picture/picture.ts';

export type GraphMode = 'graph' | 'impact' | 'path' | 'changes';

/** Everything that a graph view shows is in its address. */
interface GraphParams {
  readonly mode: GraphMode;
  /** The first is what the view is about; the others were opened. */
  readonly roots: readonly string[];
  readonly to: string | null;
  readonly depth: number;
  readonly direction: GraphDirection;
  readonly hidden: readonly DependencyKind[];
  readonly max: number;
  readonly selected: string | null;
  readonly arrangement: Arrangement | null;
  readonly hasSeverity: boolean;
  /** Which of the paths is drawn strong. */
  readonly path: number;
  /** The two moments that are compared, as ISO text; null: left to the view. */
  readonly since: string | null;
  readonly until: string | null;
}

/** As many as the gateway takes. */
export const MAX_ROOTS = 50;
export const MAX_DEPTH = 10;
export const SIZES = [500, 2000, 5000] as const;

const DEPTHS: Readonly<Record<GraphMode, number>> = { graph: 1, impact: 3, path: 6, changes: 2 };

const DIRECTIONS: readonly string[] = ['BOTH', 'DEPENDENCIES', 'DEPENDENTS'] satisfies GraphDirection[];

const readParams = (query: URLSearchParams): GraphParams => {
  const mode = query.get('mode');
  const known: GraphMode = mode === 'impact' || mode === 'path' || mode === 'changes' ? mode : 'graph';
  const direction = query.get('direction') ?? '';
  const arrangement = query.get('arrange');
  return {
    mode: known,
    roots: [...new Set(query.getAll('root'))].slice(0, MAX_ROOTS),
    to: query.get('to'),
    depth: within(query.get('depth'), 1, MAX_DEPTH) ?? DEPTHS[known],
    direction: DIRECTIONS.includes(direction) ? (direction as GraphDirection) : 'BOTH',
    hidden: query.getAll('hide') as DependencyKind[],
    max: within(query.get('max'), 1, 5000) ?? SIZES[0],
    selected: query.get('select'),
    arrangement: arrangement === 'layers' || arrangement === 'forces' ? arrangement : null,
    hasSeverity: query.get('severity') !== 'off',
    path: within(query.get('path'), 1, 50) ?? 1,
    since: query.get('since'),
    until: query.get('until'),
  };
};

const within = (text: string | null, least: number, most: number): number | null => {
  const value = Number(text);
  return text !== null && Number.isInteger(value) && value >= least && value <= most ? value : null;
};

type Change = Readonly<Record<string, string | readonly string[] | null>>;

const changed = (query: URLSearchParams, change: Change): URLSearchParams => {
  const next = new URLSearchParams(query);
  for (const [name, value] of Object.entries(change)) {
    next.delete(name);
    for (const one of typeof value === 'string' ? [value] : (value ?? [])) next.append(name, one);
  }
  return next;
};

export interface GraphAddress extends GraphParams {
  /** Goes to the same view with other parameters; null removes one. */
  readonly go: (change: Change) => void;
  /** The same without a step of history, for what one does often. */
  readonly adjust: (change: Change) => void;
  /** Where that leads, for links. */
  readonly linkTo: (change: Change) => string;
}

export const useGraphParams = (): GraphAddress => {
  const [query, setQuery] = useSearchParams();
  return useMemo(
    () => ({
      ...readParams(query),
      go: (change) => setQuery((before) => changed(before, change), { preventScrollReset: true }),
      adjust: (change) => setQuery((before) => changed(before, change), { preventScrollReset: true, replace: true }),
      linkTo: (change) => `?${changed(query, change)}`,
    }),
    [query, setQuery],
  );
};
