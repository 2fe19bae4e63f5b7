import type { PriceOf } from '../pricing/price.ts';
import { priceOfNodes } from '../relay/node.ts';
import type { TypeNames } from './type-names.ts';

/** Worst case of a list of representations: what fetching the records of each type costs. */
export const entityPrice =
  (names: TypeNames): PriceOf =>
  (input) => {
    const representations = Array.isArray(input.args.representations) ? input.args.representations : [];
    return priceOfNodes(
      representations.map((of) => names.ownName(typeName(of))),
      input,
    );
  };

const typeName = (representation: unknown): string =>
  typeof representation === 'object' && representation !== null && '__typename' in representation
    ? String(representation.__typename)
    : '';
