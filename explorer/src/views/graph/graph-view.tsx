import { Link } from 'react-router';
import { Page } from '../../components/page.tsx';
import { AssetPicker } from './asset-picker.tsx';
import { ChangesMode } from './changes.tsx';
import { type GraphAddress, type GraphMode, useGraphParams } from './graph-params.ts';
import { ImpactMode } from './impact.tsx';
import { PathsMode } from './paths.tsx';
import { SurroundingsMode } from './surroundings.tsx';
import './graph.css';

const MODES: readonly (readonly [GraphMode, string])[] = [
  ['graph', 'Surroundings'],
  ['impact', 'Impact'],
  ['path', 'Path'],
  ['changes', 'Changes'],
];

/** The graph around an asset, what breaks without it, or how it is connected to another. */
export const GraphView = () => {
  const address = useGraphParams();
  return (
    <Page
      title="Graph"
      tab="Graph"
      isWide
      actions={
        <nav className="tabs" aria-label="Kinds of graph">
          {MODES.map(([mode, name]) => (
            <Link
              key={mode}
              to={address.linkTo({ mode, root: address.roots[0] ?? null, depth: null, select: null })}
              aria-current={address.mode === mode ? 'page' : undefined}
            >
              {name}
            </Link>
          ))}
        </nav>
      }
    >
      <Content address={address} />
    </Page>
  );
};

const Content = ({ address }: { readonly address: GraphAddress }) => {
  const [root] = address.roots;
  if (root === undefined)
    return <AssetPicker label="Where does the graph start?" onPick={(id) => address.go({ root: id })} />;
  if (address.mode === 'impact') return <ImpactMode address={address} id={root} />;
  if (address.mode === 'changes') return <ChangesMode address={address} root={root} />;
  if (address.mode === 'graph') return <SurroundingsMode address={address} />;
  if (address.to === null)
    return <AssetPicker label="Where should the path lead?" onPick={(id) => address.go({ to: id })} />;
  return <PathsMode address={address} from={root} to={address.to} />;
};
