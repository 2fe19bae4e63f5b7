import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { assetPath } from '../../components/asset-link.tsx';
import type { Picture, PictureVertex } from '../../picture/picture.ts';
import { countedText, wordsOf } from '../../text/amounts.ts';
import type { GraphAddress } from './graph-params.ts';
import { VertexFacts } from './vertex-facts.tsx';
import { VertexButton } from './vertex-list.tsx';

export interface VertexPanelProps {
  readonly picture: Picture;
  readonly vertex: PictureVertex;
  readonly address: GraphAddress;
  readonly children?: ReactNode;
}

/** The selected vertex: what it is, where to go from it, and its arrows in this picture. */
export const VertexPanel = ({ picture, vertex, address, children }: VertexPanelProps) => {
  const { linkTo, adjust, roots } = address;
  const select = (id: string): void => adjust({ select: id });
  const isAsset = vertex.shape !== 'outside';
  // Of what is gone there is nothing to ask a source.
  const isThere = isAsset && vertex.tone?.word !== 'GONE';
  const start = { root: vertex.id, depth: null, to: null, path: null };
  return (
    <section className="vertex-panel panel" aria-label="Selected vertex">
      <button type="button" className="close" aria-label="Close" onClick={() => adjust({ select: null })}>
        ×
      </button>
      <h2>{vertex.label}</h2>
      <p className="kind">
        {wordsOf(vertex.kind)}
        {!isAsset && ', in no inventory'}
        {vertex.tone && (
          <span className={`chip ${vertex.tone.word.toLowerCase()}`}>
            {vertex.tone.by === 'severity' ? `worst finding: ${wordsOf(vertex.tone.word)}` : wordsOf(vertex.tone.word)}
          </span>
        )}
      </p>
      {isThere && <VertexFacts id={vertex.id} />}
      <nav aria-label="From here">
        {isThere && <Link to={assetPath(vertex.id)}>Asset page</Link>}
        {isThere && <Link to={linkTo({ ...start, mode: 'impact' })}>What breaks without it</Link>}
        {roots[0] !== undefined && roots[0] !== vertex.id && (
          <Link to={linkTo({ mode: 'path', root: roots[0], to: vertex.id, depth: null, path: null })}>Path to it</Link>
        )}
        <Link to={linkTo({ ...start, mode: null })}>Start from here</Link>
      </nav>
      {children}
      <Arrows title="Points to" picture={picture} ends={outOf(picture, vertex.id)} onSelect={select} />
      <Arrows title="Pointed to by" picture={picture} ends={into(picture, vertex.id)} onSelect={select} />
    </section>
  );
};

interface End {
  readonly id: string;
  readonly label: string;
}

const outOf = ({ arrows }: Picture, id: string): readonly End[] =>
  arrows.flatMap(({ from, to, label }) => (from === id ? [{ id: to, label }] : []));

const into = ({ arrows }: Picture, id: string): readonly End[] =>
  arrows.flatMap(({ from, to, label }) => (to === id ? [{ id: from, label }] : []));

const MOST_LISTED = 50;

interface ArrowsProps {
  readonly title: string;
  readonly picture: Picture;
  readonly ends: readonly End[];
  readonly onSelect: (id: string) => void;
}

const Arrows = ({ title, picture, ends, onSelect }: ArrowsProps) => {
  if (ends.length === 0) return null;
  return (
    <>
      <h3>
        {title} <small>{ends.length}</small>
      </h3>
      <ul>
        {ends.slice(0, MOST_LISTED).map(({ id, label }) => {
          const vertex = picture.vertices.find((other) => other.id === id);
          return (
            vertex && (
              <li key={id}>
                <span className="relation">{label}</span>
                <VertexButton vertex={vertex} onSelect={onSelect} />
              </li>
            )
          );
        })}
      </ul>
      {ends.length > MOST_LISTED && <p>and {countedText(ends.length - MOST_LISTED, 'other')}</p>}
    </>
  );
};
