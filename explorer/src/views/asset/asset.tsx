import { Link, useParams } from 'react-router';
import { Answer } from '../../components/answer.tsx';
import { graphPath } from '../../components/asset-link.tsx';
import { Page } from '../../components/page.tsx';
import { Panel } from '../../components/panel.tsx';
import { graphql } from '../../gql/index.ts';

const AssetFacts = graphql(`
  query AssetFacts($id: ID!) {
    node(id: $id) {
      __typename
      id
      ... on Asset { displayName source { name kind } }
    }
  }
`);

/** Everything about one record. */
export const AssetView = () => {
  const { id = '' } = useParams();
  return (
    <Page title="Asset" tab="Asset" actions={<Link to={graphPath(id)}>Graph</Link>}>
      <Panel title="Facts">
        <Answer title="Facts" operation={AssetFacts} variables={{ id }}>
          {({ node }) => <p>{node?.__typename ?? 'unknown'}</p>}
        </Answer>
      </Panel>
    </Page>
  );
};
