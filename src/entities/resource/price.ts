import type { PriceInput, PriceOf } from '#graphql/pricing/price.ts';
import { byAnyId, RECENT_SCANS, together, wholeList } from '#graphql/pricing/prices.ts';
import { isIdentifier, isOnlyListed } from '#sources/scanorbit/identifiers.ts';

/** By AWS identifier: one call each and source, and the whole list for those that the server lists and does not look up. */
export const identifiersPrice = (identifiers: readonly string[]): PriceOf => {
  const asked = identifiers.filter(isIdentifier).length;
  const oneByOne: PriceOf = ({ sources }) => ({ side: 'CLOUD', requests: asked * sources.CLOUD });
  return identifiers.some(isOnlyListed)
    ? together(oneByOne, RECENT_SCANS, wholeList('CLOUD', 'resources', 1))
    : together(oneByOne, RECENT_SCANS);
};

/** By whichever of the two it is named. */
export const resourcePrice: PriceOf = (input) => {
  const identifier = identifierOf(input.args.by);
  return identifier === null ? byAnyId('CLOUD', 'resources')(input) : identifiersPrice([identifier])(input);
};

const identifierOf = (by: PriceInput['args'][string]): string | null => {
  const { resourceId } = (by ?? {}) as { readonly resourceId?: unknown };
  return typeof resourceId === 'string' ? resourceId : null;
};
