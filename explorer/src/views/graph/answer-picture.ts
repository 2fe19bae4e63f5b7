import type {
  ArrowFieldsFragment,
  AssetFieldsFragment,
  FindingSeverity,
  PathsBetweenQuery,
  SurroundingsQuery,
  VertexFieldsFragment,
  WhatBreaksQuery,
} from '../../gql/graphql.ts';
import type { Picture, PictureArrow, PictureVertex } from '../../picture/picture.ts';
import { wordsOf } from '../../text/amounts.ts';

type Graph = NonNullable<SurroundingsQuery['graph']>;
type Impact = NonNullable<WhatBreaksQuery['impact']>;
type Path = NonNullable<PathsBetweenQuery['paths']>[number];

const kindOf = (asset: AssetFieldsFragment): string =>
  asset.__typename === 'Resource' ? asset.service : asset.__typename === 'Service' ? asset.definition : 'host';

const SHAPES = { Resource: 'resource', Host: 'host', Service: 'service' } as const;

const assetVertex = (id: string, asset: Omit<AssetFieldsFragment, 'id'>): PictureVertex => ({
  ...PLAIN,
  id,
  label: asset.displayName,
  kind: kindOf(asset as AssetFieldsFragment),
  shape: SHAPES[asset.__typename],
});

export const PLAIN = { tone: null, hasMore: false, isRoot: false } as const;

export const vertexOf = ({ id, asset, target }: VertexFieldsFragment): PictureVertex =>
  asset
    ? assetVertex(id, asset)
    : { ...PLAIN, id, label: target?.identifier ?? 'unknown', kind: target?.kind ?? 'unknown', shape: 'outside' };

/** Several relations between the same two become one arrow that names them all. */
const arrowsOf = (arrows: readonly ArrowFieldsFragment[]): readonly PictureArrow[] => {
  const byEnds = Map.groupBy(arrows, ({ from, to }) => `${from} ${to}`);
  return [...byEnds.values()].flatMap(([first, ...others]) => {
    if (!first) return [];
    const kinds = new Set([first, ...others].map(({ kind }) => wordsOf(kind)));
    return [{ ...ORDINARY, from: first.from, to: first.to, label: [...kinds].join(', ') }];
  });
};

export const ORDINARY = { isStrong: false, isAgainst: false } as const;

/** The worst open finding of each resource, by its id. */
export type Severities = ReadonlyMap<string, FindingSeverity>;

export const surroundingsPicture = (
  { vertices, arrows, frontier }: Graph,
  roots: readonly string[],
  severities: Severities,
): Picture => {
  const open = new Set(frontier);
  return {
    vertices: vertices.map((vertex) => {
      const severity = severities.get(vertex.id);
      return {
        ...vertexOf(vertex),
        tone: severity ? { by: 'severity', word: severity } : null,
        hasMore: open.has(vertex.id),
        isRoot: vertex.id === roots[0],
      };
    }),
    arrows: arrowsOf(arrows),
  };
};

/** Along the way of most harm to each asset; `names` holds what lies on the way and is no asset. */
export const impactPicture = ({ subject, impacted }: Impact, names: readonly VertexFieldsFragment[]): Picture => {
  const vertices = new Map<string, PictureVertex>();
  vertices.set(subject.id, { ...assetVertex(subject.id, subject), isRoot: true });
  for (const { asset, effect } of impacted)
    vertices.set(asset.id, { ...assetVertex(asset.id, asset), tone: { by: 'effect', word: effect } });
  for (const name of names) if (!vertices.has(name.id)) vertices.set(name.id, vertexOf(name));
  const arrows = new Map<string, PictureArrow>();
  for (const { path } of impacted)
    path.forEach((to, i) => {
      const from = path[i - 1];
      if (from === undefined) return;
      arrows.set(`${from} ${to}`, { ...ORDINARY, from, to, label: 'affects' });
      if (!vertices.has(to))
        vertices.set(to, { ...PLAIN, id: to, label: 'in no inventory', kind: 'unknown', shape: 'outside' });
    });
  return { vertices: [...vertices.values()], arrows: [...arrows.values()] };
};

/** What is on the ways and is no asset that the answer names. */
export const namelessOf = ({ subject, impacted }: Impact): readonly string[] => {
  const named = new Set([subject.id, ...impacted.map(({ asset }) => asset.id)]);
  return [...new Set(impacted.flatMap(({ path }) => path))].filter((id) => !named.has(id));
};

export const pathsPicture = (paths: readonly Path[], chosen: number, from: string, to: string): Picture => {
  const vertices = new Map(paths.flatMap((path) => path.vertices.map((vertex) => [vertex.id, vertex] as const)));
  const arrows = new Map<string, PictureArrow>();
  for (const path of [...paths, ...paths.slice(chosen - 1, chosen)])
    for (const arrow of walkedArrows(path, path === paths[chosen - 1])) arrows.set(`${arrow.from} ${arrow.to}`, arrow);
  return {
    vertices: [...vertices.values()].map((vertex) => ({
      ...vertexOf(vertex),
      isRoot: vertex.id === from || vertex.id === to,
    })),
    arrows: [...arrows.values()],
  };
};

const walkedArrows = ({ vertices, arrows }: Path, isStrong: boolean): readonly PictureArrow[] =>
  arrowsOf(arrows).map((arrow) => {
    const step = vertices.findIndex(({ id }) => id === arrow.to);
    return { ...arrow, isStrong, isAgainst: vertices[step + 1]?.id === arrow.from };
  });
