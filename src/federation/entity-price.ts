import type { PriceOf } from '#cost/price.ts';
import { byId } from '#cost/prices.ts';
import { sideOfEntity } from './sides.ts';
import type { TypeNames } from './type-names.ts';

const RESOURCES = byId('SCANORBIT', 'resources');
const HOSTS = byId('SCANOPY', 'hosts');

/** Worst case of a list of representations: the side that costs more of the two, for as many parents as there are in all. */
export const entityPrice =
  (names: TypeNames): PriceOf =>
  (input) => {
    const representations = Array.isArray(input.args.representations) ? input.args.representations : [];
    const cloud = representations.filter((of) => sideOfEntity(names.ownName(typeName(of))) === 'cloud').length;
    const prices = [
      RESOURCES({ ...input, parents: cloud }),
      HOSTS({ ...input, parents: representations.length - cloud }),
    ] as const;
    const [one, other] = prices;
    return { ...(one.requests >= other.requests ? one : other), items: representations.length };
  };

const typeName = (representation: unknown): string =>
  typeof representation === 'object' && representation !== null && '__typename' in representation
    ? String(representation.__typename)
    : '';
