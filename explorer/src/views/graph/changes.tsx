import { useMemo, useState } from 'react';
import { type CombinedError, useQuery } from 'urql';
import { addressAt, MOMENT } from '../../api/moment.ts';
import { assetPath } from '../../components/asset-link.tsx';
import { GraphiQLLink } from '../../components/graphiql-link.tsx';
import { Loading } from '../../components/loading.tsx';
import { Notice } from '../../components/notice.tsx';
import { Problems } from '../../components/problems.tsx';
import { countedText } from '../../text/amounts.ts';
import { ComparedForm } from './compared-form.tsx';
import { DepthSelect } from './depth-select.tsx';
import { DifferenceList } from './difference-list.tsx';
import { differencesPicture, type GraphDifferences } from './differences-picture.ts';
import { GraphFrame } from './graph-frame.tsx';
import type { GraphAddress } from './graph-params.ts';
import { GraphChanges } from './operations.ts';

const DAY_MS = 24 * 3_600_000;

/** A day ago, or as far back as the history reaches, unless a moment is shown: that is then compared with now. */
const DEFAULT_SINCE = MOMENT ?? new Date(Date.now() - DAY_MS).toISOString();

/** In what the surroundings of the root differ between two moments. */
export const ChangesMode = ({ address, root }: { readonly address: GraphAddress; readonly root: string }) => {
  const { depth, max, since, until, adjust } = address;
  const [earliest, setEarliest] = useState<string | null>(null);
  const from = since ?? earliest ?? DEFAULT_SINCE;
  const variables = useMemo(() => ({ roots: [root], depth, max, from, to: until }), [root, depth, max, from, until]);
  const [{ data, error, fetching }, repeat] = useQuery({ query: GraphChanges, variables });
  const known = since === null && MOMENT === null ? earliestIn(error) : null;
  // Set while rendering, so that the question before it is never shown as one that failed.
  if (known !== null && known > from) setEarliest(known);
  const diff = data?.diff;
  const picture = useMemo(() => diff && differencesPicture(diff, root), [diff, root]);
  const rootLabel = picture?.vertices.find(({ isRoot }) => isRoot)?.label ?? '';
  return (
    <>
      <ComparedForm key={`${from} ${until}`} from={from} to={until} go={address.go} />
      {error && (
        <Problems error={error} hasData={Boolean(diff)} onRetry={() => repeat({ requestPolicy: 'network-only' })} />
      )}
      {!diff && fetching && <Loading lines={8} />}
      {diff && picture && (
        <GraphFrame
          address={address}
          picture={picture}
          name={`changes around ${rootLabel}`}
          isBusy={fetching}
          readText={null}
          onOpen={(id) => address.go({ root: id, select: id })}
          controls={<DepthSelect address={address} />}
          operation={<GraphiQLLink operation={GraphChanges} variables={variables} />}
          actionsFor={(id) => (
            <a className="button" href={addressAt(from, { pathname: `/explore${assetPath(id)}`, search: '' })}>
              As it was before
            </a>
          )}
          notes={<Summary diff={diff} />}
          report={<DifferenceList diff={diff} selected={address.selected} onSelect={(id) => adjust({ select: id })} />}
        />
      )}
    </>
  );
};

/** The earliest moment of which anything is known, where an error says so. */
const earliestIn = (error: CombinedError | undefined): string | null => {
  const [earliest] = (error?.graphQLErrors ?? []).flatMap(({ extensions }) => extensions.earliest ?? []);
  return typeof earliest === 'string' ? earliest : null;
};

const Summary = ({ diff: { before, after, vertices, arrows, truncated } }: { readonly diff: GraphDifferences }) => {
  const gaps = [...before.readings, ...after.readings].filter(({ isComplete }) => !isComplete);
  return (
    <>
      <p className="graph-note" role="status">
        {vertices.length + arrows.length === 0
          ? 'Nothing differs here between these two moments.'
          : `${countedText(vertices.length, 'vertex differs', 'vertices differ')}, and ${countedText(arrows.length, 'relation')}.`}
        {truncated && <strong> There may be more: a limit cut something off.</strong>}
      </p>
      {gaps.length > 0 && (
        <Notice tone="partial" title="Not everything was read:">
          of {[...new Set(gaps.map(({ source }) => source))].join(', ')} something is missing at one of the moments.
          What that concerns is marked as unsure.
        </Notice>
      )}
    </>
  );
};
