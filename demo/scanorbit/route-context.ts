import type { EdgeIndex } from './edge-index.ts';
import type { Edition } from './edition.ts';
import type { LiveWorld } from './live-world.ts';

/** What every route answers from. */
export interface RouteContext {
  readonly live: LiveWorld;
  readonly edition: Edition;
  readonly edges: EdgeIndex;
  /** Rows of one moment come in another order on every page, as a database without tie-breaker may send them. */
  readonly unstableTies: boolean;
}
