import { useMemo } from 'react';
import { useClient, useQuery } from 'urql';
import { GraphiQLLink } from '../../components/graphiql-link.tsx';
import { Loading } from '../../components/loading.tsx';
import { NoRecord } from '../../components/no-record.tsx';
import { Problems } from '../../components/problems.tsx';
import type { DependencyKind, GraphDirection } from '../../gql/graphql.ts';
import { countedText } from '../../text/amounts.ts';
import { surroundingsPicture } from './answer-picture.ts';
import { DepthSelect } from './depth-select.tsx';
import { GraphFrame } from './graph-frame.tsx';
import { type GraphAddress, MAX_ROOTS, SIZES } from './graph-params.ts';
import { KindFilter, shownKinds } from './kind-filter.tsx';
import { Surroundings } from './operations.ts';
import { readText } from './read-text.ts';
import { useSeverities } from './use-severities.ts';
import { WalkNotes } from './walk-notes.tsx';

const DIRECTIONS: readonly (readonly [GraphDirection, string])[] = [
  ['BOTH', 'both ways'],
  ['DEPENDENCIES', 'to what it depends on'],
  ['DEPENDENTS', 'to what depends on it'],
];

/** What is around the root and around every vertex that was opened. */
export const SurroundingsMode = ({ address }: { readonly address: GraphAddress }) => {
  const { roots, depth, direction, hidden, max, hasSeverity, go } = address;
  const client = useClient();
  const variables = useMemo(
    () => ({ roots, depth, direction, max, kinds: shownKinds(hidden) }),
    [roots, depth, direction, max, hidden],
  );
  const [{ data, error, extensions, fetching }, repeat] = useQuery({ query: Surroundings, variables });
  const found = useSeverities(hasSeverity, data?.sources);
  const graph = data?.graph;
  const isMissing = graph && !error && graph.vertices.every(({ asset, target }) => !asset && !target);
  const picture = useMemo(
    () => graph && surroundingsPicture(graph, roots, found.severities),
    [graph, roots, found.severities],
  );
  const kinds = useMemo(() => new Set<DependencyKind>(graph?.arrows.map(({ kind }) => kind)), [graph]);
  const rootLabel = picture?.vertices.find(({ isRoot }) => isRoot)?.label ?? '';
  const toggle = (id: string): void => {
    const isOpen = roots.includes(id);
    if (isOpen ? id !== roots[0] : roots.length < MAX_ROOTS)
      go({ root: isOpen ? roots.filter((root) => root !== id) : [...roots, id], select: id });
  };
  return (
    <>
      <WalkNotes
        error={error}
        extensions={extensions}
        sources={data?.sources}
        hasData={Boolean(graph)}
        onRetry={() => repeat({ requestPolicy: 'network-only' })}
      />
      {!graph && fetching && <Loading lines={8} />}
      {isMissing && <NoRecord />}
      {picture && !isMissing && (
        <GraphFrame
          address={address}
          picture={picture}
          name={`graph of ${rootLabel}`}
          isBusy={fetching}
          readText={(format) => readText(client, { ...variables, format })}
          onOpen={toggle}
          controls={
            <>
              <DepthSelect address={address} />
              <label>
                Walk{' '}
                <select value={direction} onChange={({ target }) => go({ direction: target.value })}>
                  {DIRECTIONS.map(([value, name]) => (
                    <option key={value} value={value}>
                      {name}
                    </option>
                  ))}
                </select>
              </label>
              <KindFilter present={kinds} hidden={hidden} onChange={(hide) => go({ hide })} />
              <label className="check">
                <input
                  type="checkbox"
                  checked={hasSeverity}
                  onChange={({ target }) => go({ severity: target.checked ? null : 'off' })}
                />{' '}
                Severity of findings
              </label>
            </>
          }
          operation={<GraphiQLLink operation={Surroundings} variables={variables} />}
          notes={
            <>
              {found.error && (
                <Problems error={found.error} hasData onRetry={() => found.repeat({ requestPolicy: 'network-only' })} />
              )}
              {found.note && <p className="graph-note">{found.note}</p>}
              <LeftOut
                around={rootLabel}
                shown={picture.vertices.length}
                open={graph?.frontier.length ?? 0}
                isWhole={data?.sources.every(({ index }) => index.complete) ?? false}
                max={max}
                go={go}
              />
            </>
          }
          actionsFor={(id) => (
            <OpenButton id={id} address={address} hasMore={graph?.frontier.includes(id) ?? false} onToggle={toggle} />
          )}
        />
      )}
    </>
  );
};

interface LeftOutProps {
  readonly around: string;
  readonly shown: number;
  readonly open: number;
  /** The index has read everything. */
  readonly isWhole: boolean;
  readonly max: number;
  readonly go: GraphAddress['go'];
}

/** Where the picture ends: at the edge of the walk, or because there is more than is drawn. */
const LeftOut = ({ around, shown, open, isWhole, max, go }: LeftOutProps) => {
  if (open === 0) {
    if (!isWhole) return null;
    return (
      <p className="graph-note">This is all that is around {around}: every relation of these vertices is shown.</p>
    );
  }
  const isFull = shown >= max;
  const next = SIZES.find((size) => size > max);
  return (
    <p className="graph-note" role="status">
      {isFull && <strong>Only the nearest {shown.toLocaleString('en')} vertices are drawn. </strong>}
      Around {around}, {countedText(open, 'vertex has', 'vertices have')} relations that are not shown.{' '}
      {isFull && next !== undefined && (
        <button type="button" onClick={() => go({ max: String(next) })}>
          Draw up to {next.toLocaleString('en')}
        </button>
      )}
      {isFull && next === undefined && 'More are not drawn: choose fewer steps or relations, or start elsewhere.'}
    </p>
  );
};

interface OpenButtonProps {
  readonly id: string;
  readonly address: GraphAddress;
  readonly hasMore: boolean;
  readonly onToggle: (id: string) => void;
}

const OpenButton = ({ id, address: { roots }, hasMore, onToggle }: OpenButtonProps) => {
  if (id === roots[0]) return null;
  const isOpen = roots.includes(id);
  if (!isOpen && !hasMore) return <p className="quiet">All of its relations are shown.</p>;
  if (!isOpen && roots.length >= MAX_ROOTS)
    return <p className="quiet">{MAX_ROOTS} vertices are open: close one first.</p>;
  return (
    <button type="button" className="primary" onClick={() => onToggle(id)}>
      {isOpen ? 'Collapse' : 'Expand'}
    </button>
  );
};
