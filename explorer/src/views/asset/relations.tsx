import type { CombinedError } from 'urql';
import { Answer } from '../../components/answer.tsx';
import { AssetLink } from '../../components/asset-link.tsx';
import { FirstOf } from '../../components/first-of.tsx';
import { Panel } from '../../components/panel.tsx';
import { Unknown } from '../../components/unknown.tsx';
import type { AssetRelationsQuery } from '../../gql/graphql.ts';
import { countedText, wordsOf } from '../../text/amounts.ts';
import { AssetRelations } from './operations.ts';

type Asset = Extract<AssetRelationsQuery['node'], { readonly dependencies: unknown }>;
type Connection = NonNullable<Asset>['dependencies'];

/** What a record points at, and what points at it. */
export const Relations = ({ id }: { readonly id: string }) => (
  <Answer title="Relations" operation={AssetRelations} variables={{ id }}>
    {({ node }, error) =>
      node && 'dependencies' in node ? (
        <div className="panels">
          <Direction title="From this" connection={node.dependencies} error={error} />
          <Direction title="To this" connection={node.dependents} error={error} />
        </div>
      ) : (
        <Unknown error={error} field="node" />
      )
    }
  </Answer>
);

interface DirectionProps {
  readonly title: string;
  readonly connection: Connection;
  readonly error: CombinedError | undefined;
}

const Direction = ({ title, connection, error }: DirectionProps) => (
  <Panel title={title} note={connection && countedText(connection.totalCount, 'relation')}>
    {!connection && <Unknown error={error} field="node" />}
    {connection?.edges.length === 0 && <p className="quiet">None is reported.</p>}
    <ul className="relations">
      {connection?.edges.map(({ kind, relationship, confidence, node, target }) => (
        <li key={`${kind} ${target.kind} ${target.identifier}`}>
          <span className="quiet" title={relationship ?? undefined}>
            {wordsOf(kind)}
          </span>
          <div>
            {node ? <AssetLink asset={node} /> : <code>{target.identifier}</code>}{' '}
            <small className="quiet">
              {node ? '' : `${target.kind}, in no inventory`}
              {confidence === 'CERTAIN' ? '' : ` ${confidence.toLowerCase()} confidence`}
            </small>
          </div>
        </li>
      ))}
    </ul>
    {connection && <FirstOf shown={connection.edges.length} total={connection.totalCount} />}
  </Panel>
);
