import { useId, useState } from 'react';
import type { Picture, PictureVertex } from '../../picture/picture.ts';
import { countedText, wordsOf } from '../../text/amounts.ts';

export interface VertexListProps {
  readonly picture: Picture;
  readonly selected: string | null;
  readonly onSelect: (id: string) => void;
}

/** More than one reads; the rest is found by its name. */
const MOST_LISTED = 200;

/** What the picture shows, for the keyboard and for screen readers. */
export const VertexList = ({ picture, selected, onSelect }: VertexListProps) => {
  const field = useId();
  const [term, setTerm] = useState('');
  const wanted = term.trim().toLowerCase();
  const found = picture.vertices.filter(({ label, kind }) => `${label} ${kind}`.toLowerCase().includes(wanted));
  const listed = found.slice(0, MOST_LISTED);
  return (
    <section className="vertex-list panel" aria-label="Vertices">
      <label htmlFor={field}>
        {countedText(picture.vertices.length, 'vertex', 'vertices')}, {countedText(picture.arrows.length, 'arrow')}
      </label>
      <input
        id={field}
        type="search"
        placeholder="Filter by name or kind"
        value={term}
        onChange={({ target }) => setTerm(target.value)}
      />
      <ul>
        {listed.map((vertex) => (
          <li key={vertex.id}>
            <VertexButton vertex={vertex} isSelected={vertex.id === selected} onSelect={onSelect} />
          </li>
        ))}
      </ul>
      {found.length > listed.length && (
        <p>{countedText(found.length - listed.length, 'more vertex', 'more vertices')}: narrow them by name.</p>
      )}
      {found.length === 0 && <p>None of them is called that.</p>}
    </section>
  );
};

export interface VertexButtonProps {
  readonly vertex: PictureVertex;
  readonly isSelected?: boolean;
  readonly onSelect: (id: string) => void;
}

export const VertexButton = ({ vertex, isSelected = false, onSelect }: VertexButtonProps) => (
  <button type="button" className="vertex" aria-pressed={isSelected} onClick={() => onSelect(vertex.id)}>
    <span className={`sign ${vertex.shape}${vertex.hasMore ? ' more' : ''}`} aria-hidden="true" />
    <span className="vertex-name">{vertex.label}</span>
    <small>{wordsOf(vertex.kind)}</small>
    {vertex.tone && <small className={`chip ${vertex.tone.word.toLowerCase()}`}>{wordsOf(vertex.tone.word)}</small>}
  </button>
);
