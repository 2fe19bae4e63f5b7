import type { ArrowFieldsFragment, Difference, GraphChangesQuery } from '../../gql/graphql.ts';
import type { Picture, PictureVertex } from '../../picture/picture.ts';
import { wordsOf } from '../../text/amounts.ts';
import { ORDINARY, PLAIN, vertexOf } from './answer-picture.ts';

export type GraphDifferences = NonNullable<GraphChangesQuery['diff']>;

/** What a difference is called in pictures and lists. */
export const TONE_OF = {
  ADDED: 'APPEARED',
  REMOVED: 'GONE',
  CHANGED: 'CHANGED',
  UNKNOWN: 'UNSURE',
} as const satisfies Record<Difference, string>;

/** Stands before the name of what differs. */
export const SIGNS = { APPEARED: '+', GONE: '−', CHANGED: '~', UNSURE: '?' } as const;

const signOf = (difference: Difference | undefined): string =>
  difference === undefined ? '' : `${SIGNS[TONE_OF[difference]]} `;

/** What was around the root at either moment, with what is not alike marked by a ring and a sign. */
export const differencesPicture = ({ before, after, ...differing }: GraphDifferences, root: string): Picture => {
  const differences = new Map(differing.vertices.map((vertex) => [vertex.id, vertex]));
  const vertices = new Map<string, PictureVertex>();
  for (const vertex of [...(before.graph?.vertices ?? []), ...(after.graph?.vertices ?? [])])
    vertices.set(vertex.id, vertexOf(vertex));
  for (const { id, title, target } of differing.vertices)
    if (!vertices.has(id))
      vertices.set(id, { ...PLAIN, id, label: title, kind: target?.kind ?? 'unknown', shape: 'outside' });
  return {
    vertices: [...vertices.values()].map((vertex) => {
      const difference = differences.get(vertex.id)?.difference;
      return {
        ...vertex,
        label: `${signOf(difference)}${vertex.label}`,
        tone: difference ? { by: 'difference', word: TONE_OF[difference] } : null,
        isRoot: vertex.id === root,
      };
    }),
    arrows: arrowsOf({ before, after, ...differing }, vertices),
  };
};

const keyOf = ({ from, to, kind, relationship }: ArrowFieldsFragment): string =>
  `${from} ${to} ${kind} ${relationship}`;

/** Several relations between the same two become one arrow that names them all, each with its sign. */
const arrowsOf = ({ before, after, arrows }: GraphDifferences, vertices: ReadonlyMap<string, unknown>) => {
  const differences = new Map(arrows.map(({ arrow, difference }) => [keyOf(arrow), difference]));
  const all = new Map(
    [before.graph?.arrows ?? [], after.graph?.arrows ?? [], arrows.map(({ arrow }) => arrow)]
      .flat()
      .filter(({ from, to }) => vertices.has(from) && vertices.has(to))
      .map((arrow) => [keyOf(arrow), arrow]),
  );
  return [...Map.groupBy(all.values(), ({ from, to }) => `${from} ${to}`).values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const labels = new Set(group.map((arrow) => `${signOf(differences.get(keyOf(arrow)))}${wordsOf(arrow.kind)}`));
    const isStrong = group.some((arrow) => differences.has(keyOf(arrow)));
    return [{ ...ORDINARY, from: first.from, to: first.to, label: [...labels].join(', '), isStrong }];
  });
};
