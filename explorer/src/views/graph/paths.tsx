import { Fragment, useMemo } from 'react';
import { useClient, useQuery } from 'urql';
import { GraphiQLLink } from '../../components/graphiql-link.tsx';
import { Loading } from '../../components/loading.tsx';
import type { PathsBetweenQuery } from '../../gql/graphql.ts';
import { countedText, wordsOf } from '../../text/amounts.ts';
import { pathsPicture } from './answer-picture.ts';
import { DepthSelect } from './depth-select.tsx';
import { GraphFrame } from './graph-frame.tsx';
import type { GraphAddress } from './graph-params.ts';
import { PathsBetween } from './operations.ts';
import { readTextOfVertices } from './read-text.ts';
import { WalkNotes } from './walk-notes.tsx';

type Path = NonNullable<PathsBetweenQuery['paths']>[number];

export interface PathsModeProps {
  readonly address: GraphAddress;
  readonly from: string;
  readonly to: string;
}

/** How two assets are connected. */
export const PathsMode = ({ address, from, to }: PathsModeProps) => {
  const { depth: maxDepth, path: chosen } = address;
  const client = useClient();
  const variables = { from, to, maxDepth };
  const [{ data, error, extensions, fetching }, repeat] = useQuery({ query: PathsBetween, variables });
  const paths = data?.paths;
  const picture = useMemo(() => paths && pathsPicture(paths, chosen, from, to), [paths, chosen, from, to]);
  const ends = picture?.vertices.filter(({ isRoot }) => isRoot).map(({ label }) => label) ?? [];
  return (
    <>
      <WalkNotes
        error={error}
        extensions={extensions}
        sources={data?.sources}
        hasData={Boolean(paths)}
        onRetry={() => repeat({ requestPolicy: 'network-only' })}
      />
      {!paths && fetching && <Loading lines={8} />}
      {paths && picture && (
        <GraphFrame
          address={address}
          picture={picture}
          name={`paths ${ends.join(' to ')}`}
          isBusy={fetching}
          readText={paths.length > 0 ? readTextOfVertices(client, picture) : null}
          onOpen={(vertex) => address.go({ mode: null, root: vertex, to: null, select: null, depth: null })}
          controls={<DepthSelect address={address} />}
          operation={<GraphiQLLink operation={PathsBetween} variables={variables} />}
          notes={
            <p className="graph-note" role="status">
              {paths.length === 0
                ? `No path of at most ${countedText(maxDepth, 'step')} is known.`
                : `${countedText(paths.length, 'path')}, shortest first. A path may run against relations.`}
            </p>
          }
          report={
            <PathList paths={paths} chosen={chosen} onChoose={(path) => address.adjust({ path: String(path) })} />
          }
        />
      )}
    </>
  );
};

interface PathListProps {
  readonly paths: readonly Path[];
  readonly chosen: number;
  readonly onChoose: (number: number) => void;
}

const PathList = ({ paths, chosen, onChoose }: PathListProps) => (
  <section className="panel" aria-label="Paths">
    <ol className="paths">
      {paths.map((path, i) => (
        <li key={path.vertices.map(({ id }) => id).join(' ')}>
          <button type="button" aria-pressed={chosen === i + 1} onClick={() => onChoose(i + 1)}>
            {path.vertices.map(({ id, asset, target }, at) => (
              <Fragment key={id}>
                <StepText path={path} at={at} />
                <strong>{asset?.displayName ?? target?.identifier ?? 'unknown'}</strong>
              </Fragment>
            ))}
          </button>
        </li>
      ))}
    </ol>
  </section>
);

/** The relation that leads to a vertex, with the way it points. */
const StepText = ({ path: { vertices, arrows }, at }: { readonly path: Path; readonly at: number }) => {
  const arrow = arrows[at - 1];
  if (!arrow) return null;
  const isForward = arrow.to === vertices[at]?.id;
  return <small>{isForward ? ` ${wordsOf(arrow.kind)} → ` : ` ← ${wordsOf(arrow.kind)} `}</small>;
};
