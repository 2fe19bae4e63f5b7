/** What a picture distinguishes: the world a vertex is of, and what it is there. */
type VertexShape = 'resource' | 'host' | 'service' | 'outside';

type VertexTone =
  | { readonly by: 'severity'; readonly word: 'CRITICAL' | 'HIGH' | 'MEDIUM' | 'LOW' | 'TRIVIAL' | 'UNKNOWN' }
  | { readonly by: 'effect'; readonly word: 'BREAKS' | 'DEGRADES' | 'ORPHANS' | 'BLINDS' }
  | { readonly by: 'difference'; readonly word: 'APPEARED' | 'GONE' | 'CHANGED' | 'UNSURE' };

export interface PictureVertex {
  readonly id: string;
  readonly label: string;
  /** Its service or type, for people. */
  readonly kind: string;
  readonly shape: VertexShape;
  /** Drawn as a ring around it. */
  readonly tone: VertexTone | null;
  /** It has relations that the picture does not show. */
  readonly hasMore: boolean;
  /** Where the picture starts from. */
  readonly isRoot: boolean;
}

export interface PictureArrow {
  readonly from: string;
  readonly to: string;
  /** Canonical relations in this direction, for people. */
  readonly label: string;
  /** Part of what the view is about, such as the chosen path. */
  readonly isStrong: boolean;
  /** The view walks against it: layers follow the walk. */
  readonly isAgainst: boolean;
}

export interface Picture {
  readonly vertices: readonly PictureVertex[];
  /** At most one for each ordered pair of vertices. */
  readonly arrows: readonly PictureArrow[];
}

export type Point = Readonly<Record<'x' | 'y', number>>;

/** Where each vertex is, by id; y points up. */
export type Positions = ReadonlyMap<string, Point>;

export type Arrangement = 'layers' | 'forces';

/** Layers show order well and fans badly: they are for few vertices. */
export const arrangementFor = ({ vertices }: Picture): Arrangement => (vertices.length <= 40 ? 'layers' : 'forces');
