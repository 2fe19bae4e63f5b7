import type { EdgeIndex } from './edge-index.ts';
import type { Edition } from './edition.ts';
import type { LiveWorld } from './live-world.ts';

/** What every route answers from. */
export interface RouteContext {
  readonly live: LiveWorld;
  readonly edition: Edition;
  readonly edges: EdgeIndex;
  /** Rows of one instant come in another order for every combination of parameters, as from a database without tie-breaker. */
  readonly hasTies: boolean;
}
