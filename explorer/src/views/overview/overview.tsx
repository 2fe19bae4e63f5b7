import { useQuery } from 'urql';
import { Problem } from '../../components/problem.tsx';
import { graphql } from '../../gql/index.ts';

const Overview = graphql(`
  query Overview {
    sources {
      name
      kind
      health
      serverVersion
      budget { limit remaining queued resetAt }
      index { complete coverage }
    }
  }
`);

/** The estate at a glance: health, budget and index of every source. */
export const OverviewView = () => {
  const [{ data, error, fetching }, repeat] = useQuery({ query: Overview });
  return (
    <main aria-busy={fetching}>
      <h1>Overview</h1>
      {error && (
        <Problem error={error} hasData={Boolean(data)} onRetry={() => repeat({ requestPolicy: 'network-only' })} />
      )}
      {!data && fetching && <p role="status">Loading …</p>}
      {data && (
        <table>
          <caption>Sources</caption>
          <thead>
            <tr>
              <th scope="col">Source</th>
              <th scope="col">Health</th>
              <th scope="col">Version</th>
              <th scope="col">Requests left</th>
            </tr>
          </thead>
          <tbody>
            {data.sources.map(({ name, kind, health, serverVersion, budget }) => (
              <tr key={name}>
                <th scope="row">
                  {name} <small>{kind.toLowerCase()}</small>
                </th>
                <td>{health.toLowerCase()}</td>
                <td>{serverVersion ?? 'unknown'}</td>
                <td>
                  {budget.remaining} of {budget.limit}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </main>
  );
};
