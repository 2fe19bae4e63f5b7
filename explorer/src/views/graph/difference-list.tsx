import type { Difference } from '../../gql/graphql.ts';
import { wordsOf } from '../../text/amounts.ts';
import { type GraphDifferences, SIGNS, TONE_OF } from './differences-picture.ts';

export interface DifferenceListProps {
  readonly diff: GraphDifferences;
  readonly selected: string | null;
  readonly onSelect: (id: string) => void;
}

const ORDER = ['ADDED', 'REMOVED', 'CHANGED', 'UNKNOWN'] as const satisfies readonly Difference[];

const MEANINGS: Readonly<Record<Difference, string>> = {
  ADDED: 'not there before',
  REMOVED: 'not there any more',
  CHANGED: 'not the same',
  UNKNOWN: 'not read at one of the moments',
};

/** What the picture marks, as text: vertices with their fields, then relations. */
export const DifferenceList = ({ diff, selected, onSelect }: DifferenceListProps) => {
  if (diff.vertices.length + diff.arrows.length === 0) return null;
  const names = namesOf(diff);
  return (
    <section className="panel" aria-label="What differs">
      {ORDER.map((difference) => {
        const vertices = diff.vertices.filter((vertex) => vertex.difference === difference);
        const arrows = diff.arrows.filter((arrow) => arrow.difference === difference);
        if (vertices.length + arrows.length === 0) return null;
        const tone = TONE_OF[difference];
        return (
          <section key={difference} className="impact-group">
            <h2>
              <span className={`chip ${tone.toLowerCase()}`}>
                {SIGNS[tone]} {wordsOf(tone)}
              </span>{' '}
              {MEANINGS[difference]} <small>{vertices.length + arrows.length}</small>
            </h2>
            <ul>
              {vertices.map(({ id, title, fields }) => (
                <li key={id}>
                  <button type="button" className="vertex" aria-pressed={id === selected} onClick={() => onSelect(id)}>
                    <span className="vertex-name">{title}</span>
                  </button>
                  {fields.map(({ name, before, after }) => (
                    <p key={name} className="quiet">
                      {name}: <del>{before ?? 'unknown'}</del> → <ins>{after ?? 'unknown'}</ins>
                    </p>
                  ))}
                </li>
              ))}
              {arrows.map(({ arrow: { from, to, kind, relationship } }) => (
                <li key={`${from} ${to} ${kind} ${relationship}`}>
                  <p className="quiet">
                    {names.get(from) ?? from} — {wordsOf(kind)} → {names.get(to) ?? to}
                  </p>
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </section>
  );
};

const namesOf = ({ before, after, vertices }: GraphDifferences): ReadonlyMap<string, string> =>
  new Map([
    ...[...(before.graph?.vertices ?? []), ...(after.graph?.vertices ?? [])].map(
      ({ id, asset, target }) => [id, asset?.displayName ?? target?.identifier ?? id] as const,
    ),
    ...vertices.map(({ id, title }) => [id, title] as const),
  ]);
