import { Link, useParams } from 'react-router';
import { useQuery } from 'urql';
import { Answer } from '../../components/answer.tsx';
import { graphPath } from '../../components/asset-link.tsx';
import { KindIcon } from '../../components/kind-icon.tsx';
import { NoRecord } from '../../components/no-record.tsx';
import { Page } from '../../components/page.tsx';
import type { AssetFactsQuery } from '../../gql/graphql.ts';
import { typeText } from '../../text/types.ts';
import './asset.css';
import { Changes } from './changes.tsx';
import { Contents, hasContents } from './contents.tsx';
import { NodeFacts } from './facts.tsx';
import { Findings } from './findings.tsx';
import { Links } from './links.tsx';
import { AssetFacts } from './operations.ts';
import { Relations } from './relations.tsx';

type Node = NonNullable<AssetFactsQuery['node']>;

const ASSETS: ReadonlySet<string> = new Set(['Resource', 'Host', 'Service']);

/** Everything about one record, at an address of its own. */
export const AssetView = () => {
  const { id = '' } = useParams();
  // The same operation as that of the facts: it is sent once.
  const [{ data, error }] = useQuery({ query: AssetFacts, variables: { id } });
  const node = data?.node;
  const isMissing = data !== undefined && !node && !error;
  const isAsset = node ? ASSETS.has(node.__typename) : false;
  const isSeenTwice = node?.__typename === 'Resource' || node?.__typename === 'Host';
  const title = node ? titleOf(node) : 'Record';
  return (
    <Page
      title={
        <>
          {title} {node && <TypeChip type={node.__typename} />}
        </>
      }
      tab={title}
      actions={isAsset && <Ways id={id} />}
    >
      <div className={isSeenTwice ? 'asset-columns' : ''}>
        <Answer title="Facts" operation={AssetFacts} variables={{ id }} loadingLines={6}>
          {({ node: shown }) => shown && <NodeFacts node={shown} />}
        </Answer>
        {isSeenTwice && (
          <div>
            <Links id={id} />
            {node?.__typename === 'Resource' && <Findings id={id} />}
          </div>
        )}
      </div>
      {isMissing && <NoRecord />}
      {node && hasContents(node.__typename) && <Contents id={id} type={node.__typename} />}
      {isAsset && <Relations id={id} />}
      {(isAsset || isMissing) && <Changes id={id} />}
    </Page>
  );
};

const titleOf = (node: Node): string => {
  if ('displayName' in node) return node.displayName;
  if ('summary' in node) return node.summary;
  if ('primaryDomain' in node) return node.primaryDomain ?? 'Certificate';
  if ('name' in node) return node.name || ('cidr' in node ? node.cidr : typeText(node.__typename));
  return typeText(node.__typename);
};

const TypeChip = ({ type }: { readonly type: string }) => (
  <span className="type-chip">
    <KindIcon type={type} /> {typeText(type)}
  </span>
);

const Ways = ({ id }: { readonly id: string }) => (
  <>
    <Link className="button" to={graphPath(id)}>
      Graph
    </Link>
    <Link className="button" to={`${graphPath(id)}&mode=impact`}>
      Impact
    </Link>
  </>
);
