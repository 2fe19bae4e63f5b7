import type { RequestContext } from '#loading/context.ts';
import type { PastMoment } from '#sources/source-set.ts';
import { builder } from './builder.ts';

/** A moment that is asked about. */
export interface InventoryAsOfModel {
  /** As it was asked for. */
  readonly time: string;
  readonly moment: PastMoment;
  /** In which everything below is resolved. */
  readonly context: RequestContext;
}

/** Has the fields of the query root that can be asked of any moment: every entity adds its own. */
export const InventoryAsOf = builder.objectRef<InventoryAsOfModel>('InventoryAsOf');
