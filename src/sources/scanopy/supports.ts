import { isIPv4 } from 'node:net';
import type { NetworkClient, NetworkSupport } from '../network-client.ts';
import { isOrderedHere } from '../network-queries.ts';
import type { Scope } from '../transport/scope.ts';
import { hasLateParameters } from './api-version.ts';

const isLate = async (client: NetworkClient, scope: Scope): Promise<boolean> =>
  hasLateParameters((await client.version(scope)).serverVersion);

export const supports: NetworkSupport = {
  hosts: {
    /**
     * Intentionally not pushed down: order by name or host name. Late versions sort `name` by another text than they store, and
     * every database sorts text by a collation of its own. No version can be asked for subnets, addresses and MACs; a late one
     * can be asked for the text of an address, and for manufacturers and operating systems, but is not: how it compares them is
     * not documented.
     */
    pushdown: ({ networkId, tagId, hidden, search, address, orderBy, ...local }, able) => {
      const text = search ?? (address && isIPv4(address) ? address : undefined);
      const isOrdered = !orderBy || !isOrderedHere({ orderBy });
      const isFiltered = able || (hidden === undefined && !search);
      const scope = { ...(networkId && { networkId }), ...(tagId && { tagId }) };
      const late = { ...(hidden !== undefined && { hidden }), ...(text && { search: text }) };
      return {
        query: { ...scope, ...late, ...(orderBy && isOrdered && { orderBy }) },
        parts: [],
        complete: isFiltered && isOrdered && !address && Object.values(local).every((value) => value === undefined),
      };
    },
    dependsOnSource: ({ hidden, search }) => hidden !== undefined || Boolean(search),
    isAble: isLate,
    assumesAble: false,
  },
  services: {
    /** Intentionally not pushed down: `search`. What late servers search in is not documented for services. */
    pushdown: ({ search, ...others }, able) => ({
      query: others,
      parts: [],
      complete: (able || !others.definitions) && !search,
    }),
    dependsOnSource: ({ definitions }) => definitions !== undefined,
    isAble: isLate,
    assumesAble: false,
  },
};
