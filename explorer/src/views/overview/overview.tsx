import { isCountable } from '../../api/is-countable.ts';
import { MOMENT } from '../../api/moment.ts';
import { GraphiQLLink } from '../../components/graphiql-link.tsx';
import { Loading } from '../../components/loading.tsx';
import { Page } from '../../components/page.tsx';
import { Problems } from '../../components/problems.tsx';
import { Cloud } from './cloud.tsx';
import { CloudStatistics } from './cloud-statistics.tsx';
import { Findings } from './findings.tsx';
import { Links } from './links.tsx';
import { Network } from './network.tsx';
import { NetworkLists } from './network-lists.tsx';
import './overview.css';
import { SourceCard } from './source-card.tsx';
import { OverviewSources, type Source, useSources } from './use-sources.ts';

/** The inventory at a glance. What would have whole lists read is shown once the index holds them. */
export const OverviewView = () => {
  const live = useSources();
  const { sources, error } = live;
  return (
    <Page title="Overview" tab="Overview">
      {MOMENT === null ? <Live of={live} /> : error && <Problems error={error} hasData={false} onRetry={live.repeat} />}
      {sources && (MOMENT === null || !error) && <Sides sources={sources} />}
    </Page>
  );
};

/** How the sources do now: of a moment of the past, the bar above says what had been read. */
const Live = ({ of: { sources, error, repeat } }: { readonly of: ReturnType<typeof useSources> }) => (
  <section className="answer" aria-labelledby="sources">
    <header>
      <h2 id="sources" className="answer-title">
        Sources
      </h2>
      <p className="note">
        live <GraphiQLLink operation={OverviewSources} variables={{}} />
      </p>
    </header>
    {error && (
      <Problems
        error={error}
        hasData={sources !== undefined}
        onRetry={() => repeat({ requestPolicy: 'network-only' })}
      />
    )}
    {!sources && !error && <Loading lines={4} what="Loading sources" />}
    {sources && (
      <ul className="source-cards">
        {sources.map((source) => (
          <SourceCard key={source.name} source={source} />
        ))}
      </ul>
    )}
  </section>
);

const Sides = ({ sources }: { readonly sources: readonly Source[] }) => {
  const hasCloud = sources.some(({ kind }) => kind === 'SCANORBIT');
  const hasNetwork = sources.some(({ kind }) => kind === 'SCANOPY');
  // Of a moment of the past nothing costs a request, and what the sources count is of now.
  const isCloudRead = MOMENT !== null || isCountable(sources, 'SCANORBIT');
  const isNetworkRead = MOMENT !== null || isCountable(sources, 'SCANOPY');
  return (
    <>
      {hasCloud && isCloudRead && <Findings />}
      {hasCloud && (isCloudRead ? <Cloud /> : <CloudStatistics />)}
      {hasNetwork && (isNetworkRead ? <Network /> : <NetworkLists />)}
      {hasCloud && hasNetwork && isCloudRead && isNetworkRead && <Links />}
    </>
  );
};
