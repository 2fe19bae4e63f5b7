import { NavLink } from 'react-router';
import { AssetPicker } from './asset-picker.tsx';
import { type GraphAddress, type GraphMode, useGraphParams } from './graph-params.ts';
import { ImpactMode } from './impact.tsx';
import { PathsMode } from './paths.tsx';
import { SurroundingsMode } from './surroundings.tsx';
import './graph.css';

const MODES: readonly (readonly [GraphMode, string])[] = [
  ['graph', 'Surroundings'],
  ['impact', 'Impact'],
  ['path', 'Path'],
];

/** The graph around an asset, what breaks without it, or how it is connected to another. */
export const GraphView = () => {
  const address = useGraphParams();
  return (
    <main className="graph-view">
      <div className="graph-head">
        <h1>Graph</h1>
        <nav aria-label="Kinds of graph">
          {MODES.map(([mode, name]) => (
            <NavLink
              key={mode}
              to={address.linkTo({ mode, root: address.roots[0] ?? null, depth: null, select: null })}
              className={address.mode === mode ? 'active' : ''}
              aria-current={address.mode === mode ? 'page' : undefined}
            >
              {name}
            </NavLink>
          ))}
        </nav>
      </div>
      <Content address={address} />
    </main>
  );
};

const Content = ({ address }: { readonly address: GraphAddress }) => {
  const [root] = address.roots;
  if (root === undefined)
    return <AssetPicker label="Where does the graph start?" onPick={(id) => address.go({ root: id })} />;
  if (address.mode === 'impact') return <ImpactMode address={address} id={root} />;
  if (address.mode === 'graph') return <SurroundingsMode address={address} />;
  if (address.to === null)
    return <AssetPicker label="Where should the path lead?" onPick={(id) => address.go({ to: id })} />;
  return <PathsMode address={address} from={root} to={address.to} />;
};
