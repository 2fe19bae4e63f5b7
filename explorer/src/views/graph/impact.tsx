import { useMemo } from 'react';
import { useClient, useQuery } from 'urql';
import { GraphiQLLink } from '../../components/graphiql-link.tsx';
import { Loading } from '../../components/loading.tsx';
import type { ImpactEffect, WhatBreaksQuery } from '../../gql/graphql.ts';
import { countedText } from '../../text/amounts.ts';
import { impactPicture, namelessOf } from './answer-picture.ts';
import { DepthSelect } from './depth-select.tsx';
import { EFFECTS } from './effects.ts';
import { GraphFrame } from './graph-frame.tsx';
import { type GraphAddress, MAX_ROOTS } from './graph-params.ts';
import { NamedVertices, WhatBreaks } from './operations.ts';
import { readTextOfVertices } from './read-text.ts';
import { WalkNotes } from './walk-notes.tsx';

type Impact = NonNullable<WhatBreaksQuery['impact']>;

/** What happens to everything else when the root goes. */
export const ImpactMode = ({ address, id }: { readonly address: GraphAddress; readonly id: string }) => {
  const client = useClient();
  const variables = { id, depth: address.depth };
  const [{ data, error, extensions, fetching }, repeat] = useQuery({ query: WhatBreaks, variables });
  const impact = data?.impact;
  const nameless = useMemo(() => (impact ? namelessOf(impact).slice(0, MAX_ROOTS) : []), [impact]);
  const [names] = useQuery({ query: NamedVertices, variables: { ids: nameless }, pause: nameless.length === 0 });
  const named = nameless.length > 0 ? names.data?.graph?.vertices : undefined;
  const picture = useMemo(() => impact && impactPicture(impact, named ?? []), [impact, named]);
  const select = (asset: string): void => address.adjust({ select: asset });
  return (
    <>
      <WalkNotes
        error={error}
        extensions={extensions}
        sources={data?.sources}
        hasData={Boolean(impact)}
        onRetry={() => repeat({ requestPolicy: 'network-only' })}
      />
      {!impact && fetching && <Loading lines={8} />}
      {data && !impact && !error && <p role="status">There is no such asset, or your key does not see it.</p>}
      {impact && picture && (
        <GraphFrame
          address={address}
          picture={picture}
          name={`impact of ${impact.subject.displayName}`}
          isBusy={fetching}
          readText={readTextOfVertices(client, picture)}
          onOpen={(vertex) => address.go({ root: vertex, select: null })}
          controls={<DepthSelect address={address} />}
          operation={<GraphiQLLink operation={WhatBreaks} variables={variables} />}
          notes={<Summary impact={impact} depth={address.depth} />}
          report={<ImpactReport impact={impact} selected={address.selected} onSelect={select} />}
        />
      )}
    </>
  );
};

const ORDER = ['BREAKS', 'DEGRADES', 'ORPHANS', 'BLINDS'] as const satisfies readonly ImpactEffect[];

const Summary = ({
  impact: { subject, impacted, truncated },
  depth,
}: {
  readonly impact: Impact;
  readonly depth: number;
}) => (
  <p className="graph-note" role="status">
    {impacted.length === 0
      ? `Nothing is known to need ${subject.displayName}.`
      : `Without ${subject.displayName}, ${countedText(impacted.length, 'asset is', 'assets are')} affected within ${countedText(depth, 'step')}.`}
    {truncated && <strong> There may be more: a limit or an incomplete index cut something off.</strong>}
  </p>
);

interface ImpactReportProps {
  readonly impact: Impact;
  readonly selected: string | null;
  readonly onSelect: (id: string) => void;
}

/** Worst effect first, then nearest, as the answer has it. */
const ImpactReport = ({ impact: { impacted }, selected, onSelect }: ImpactReportProps) => (
  <section className="panel" aria-label="What is affected">
    {ORDER.map((effect) => {
      const group = impacted.filter((one) => one.effect === effect);
      return (
        group.length > 0 && (
          <section key={effect} className="impact-group">
            <h2>
              <span className={`chip ${effect.toLowerCase()}`}>{effect.toLowerCase()}</span> {EFFECTS[effect]}{' '}
              <small>{group.length}</small>
            </h2>
            <ul>
              {group.map(({ asset, distance, confidence, notes }) => (
                <li key={asset.id}>
                  <button
                    type="button"
                    className="vertex"
                    aria-pressed={asset.id === selected}
                    onClick={() => onSelect(asset.id)}
                  >
                    <span className="vertex-name">{asset.displayName}</span>
                    <small>{countedText(distance, 'step')}</small>
                    {confidence !== 'CERTAIN' && <small>{confidence.toLowerCase()} confidence</small>}
                  </button>
                  {notes.map((note) => (
                    <p key={note} className="quiet">
                      {note}
                    </p>
                  ))}
                </li>
              ))}
            </ul>
          </section>
        )
      );
    })}
  </section>
);
