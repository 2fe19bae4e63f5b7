import { InputError } from '#lib/gateway-error.ts';
import type { RequestContext } from '#loading/context.ts';
import type { PastMoment } from '#sources/source-set.ts';
import { builder } from './builder.ts';
import { changesContext } from './execution/run.ts';

/** A moment that is asked about. */
export interface InventoryAsOfModel {
  /** As it was asked for. */
  readonly time: string;
  readonly moment: PastMoment;
  /** In which everything below is resolved. */
  readonly context: RequestContext;
}

/** Of a field that gives a moment: all below it is resolved in that. See {@link orRefused}. */
export const contextOfMoment = { contextBelow: ({ context }: InventoryAsOfModel): RequestContext => context };

/** @throws InputError where something else executes the operation, which would answer about now */
export const orRefused = <T>(moment: T, info: object): T => {
  if (changesContext(info)) return moment;
  throw new InputError(
    'Expected a question about the past in an operation without `@defer`, `@stream` and introspection, which would answer about now.',
  );
};

/** Has the fields of the query root that can be asked of any moment: every entity adds its own. */
export const InventoryAsOf = builder.objectRef<InventoryAsOfModel>('InventoryAsOf');
