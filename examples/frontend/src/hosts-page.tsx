import { useDeferredValue, useState } from 'react';
import { useQuery } from 'urql';
import { graphql } from './gql/index.ts';
import { HostRow } from './host-row.tsx';
import { Problem } from './problem.tsx';

const PAGE = 10;

const Hosts = graphql(`
  query Hosts($first: Int!, $after: String, $filter: HostFilter) {
    hosts(first: $first, after: $after, filter: $filter) {
      totalCount
      pageInfo { hasNextPage endCursor }
      nodes {
        id
        displayName
        hostname
        addresses { id address }
        network { id name }
        resources {
          confidence
          rule
          resource {
            id
            displayName
            service
            region
            account { id name }
            findings(first: 3, filter: { status: [OPEN] }) {
              totalCount
              nodes { id severity summary }
            }
          }
        }
      }
    }
  }
`);

export const HostsPage = () => {
  const [search, setSearch] = useState('');
  /** Where each page so far began; the last one is shown. */
  const [starts, setStarts] = useState<readonly (string | null)[]>([null]);
  const wanted = useDeferredValue(search.trim());
  const [{ data, error, fetching, stale }, repeat] = useQuery({
    query: Hosts,
    variables: { first: PAGE, after: starts.at(-1) ?? null, filter: wanted ? { search: wanted } : null },
  });
  const hosts = data?.hosts;
  const first = (starts.length - 1) * PAGE;
  const next = hosts?.pageInfo.hasNextPage ? hosts.pageInfo.endCursor : null;

  return (
    <main aria-busy={fetching || stale}>
      <header>
        <h1>Hosts and their cloud resources</h1>
        <input
          type="search"
          aria-label="Search hosts"
          placeholder="Name, host name, address …"
          value={search}
          onChange={(event) => {
            setSearch(event.target.value);
            setStarts([null]);
          }}
        />
      </header>
      {error && (
        <Problem error={error} hasData={Boolean(hosts)} onRetry={() => repeat({ requestPolicy: 'network-only' })} />
      )}
      {!hosts && fetching && <p role="status">Loading hosts …</p>}
      {hosts && hosts.nodes.length === 0 && <p role="status">No host matches.</p>}
      {hosts && hosts.nodes.length > 0 && (
        <>
          <table>
            <thead>
              <tr>
                <th scope="col">Host</th>
                <th scope="col">Network</th>
                <th scope="col">Cloud resource</th>
                <th scope="col">Open findings</th>
              </tr>
            </thead>
            <tbody>
              {hosts.nodes.map((host) => (
                <HostRow key={host.id} host={host} />
              ))}
            </tbody>
          </table>
          <nav aria-label="Pages">
            <button type="button" disabled={starts.length === 1} onClick={() => setStarts(starts.slice(0, -1))}>
              Previous
            </button>
            <output>
              {first + 1}–{first + hosts.nodes.length} of {hosts.totalCount}
            </output>
            <button type="button" disabled={!next} onClick={() => next && setStarts([...starts, next])}>
              Next
            </button>
          </nav>
        </>
      )}
    </main>
  );
};
