import { Answer } from '../../components/answer.tsx';
import { Page } from '../../components/page.tsx';
import { Panel } from '../../components/panel.tsx';
import { graphql } from '../../gql/index.ts';

const OverviewSources = graphql(`
  query OverviewSources {
    sources {
      name
      kind
      health
      lastError
      serverVersion
      budget { limit windowSeconds remaining queued resetAt }
      index { complete coverage records missingRows startedAt completedAt }
    }
  }
`);

/** The estate at a glance. */
export const OverviewView = () => (
  <Page title="Overview" tab="Overview">
    <Panel title="Sources">
      <Answer operation={OverviewSources} variables={{}}>
        {({ sources }) => (
          <table>
            <thead>
              <tr>
                <th scope="col">Source</th>
                <th scope="col">Health</th>
              </tr>
            </thead>
            <tbody>
              {sources.map(({ name, health }) => (
                <tr key={name}>
                  <th scope="row">{name}</th>
                  <td>{health.toLowerCase()}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Answer>
    </Panel>
  </Page>
);
