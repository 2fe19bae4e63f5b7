import type { DemoAnswer } from '../http.ts';
import { hashOf } from '../random.ts';
import { accessDenied, errorReply, okReply, pageReply, textReply } from './envelope.ts';
import type { Listing, ListingContext } from './listing.ts';
import { instantKey, orderRows, sorted } from './ordering.ts';
import { filterOf, isUuid, numberOf } from './query.ts';

const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 1000;

/** The networks a key may see. */
export type KeyScope = ReadonlySet<string>;

/**
 * A page of a list: 50 rows unless a limit is sent, also when ids are named; never more than 1000, in silence; everything from the offset on for 0.
 * Rows of foreign networks are silently absent.
 * @throws BadQueryError
 */
export function answerList<Row>(
  listing: Listing<Row>,
  context: ListingContext,
  scope: KeyScope,
  query: URLSearchParams,
): DemoAnswer {
  const limit = Math.min(numberOf(query, 'limit', DEFAULT_LIMIT), MAX_LIMIT);
  const offset = numberOf(query, 'offset', 0);
  const matches = filterOf(query, listing.parameters(context));
  const found = orderedRows(listing, context, query).filter((row) => isVisible(listing, row, scope) && matches(row));
  const page = found.slice(offset, limit === 0 ? undefined : offset + limit);
  const data = page.map((row) => listing.render(row, context, query));
  return pageReply(context.wire.version, data, { total: found.length, limit, offset });
}

/** One row by its id: 403 means that it exists where the key cannot see, 404 that it does not. */
export function answerOne<Row>(
  listing: Listing<Row>,
  context: ListingContext,
  scope: KeyScope,
  id: string,
): DemoAnswer {
  const { wire } = context;
  if (!isUuid(id)) return textReply(400, `Invalid URL: Cannot parse value at index 0 to a UUID`);
  const row = listing.rows(context).find((candidate) => listing.id(candidate) === id.toLowerCase());
  const entity = listing.entity(wire);
  if (row === undefined) {
    const error = `${entity} with ID '${id}' not found`;
    return errorReply(wire.version, { status: 404, code: 'entity_not_found', error, params: { entity, id } });
  }
  if (isVisible(listing, row, scope)) {
    return okReply(wire.version, listing.render(row, context, new URLSearchParams()));
  }
  return accessDenied(wire.version, entity === 'Daemon' ? entity : wire.networkEntity, listing.networkId(row));
}

/** What belongs to no network belongs to the organization: every key sees it. */
function isVisible<Row>(listing: Listing<Row>, row: Row, scope: KeyScope): boolean {
  const networkId = listing.networkId(row);
  return networkId === null || scope.has(networkId);
}

/** Sorting ten thousand rows for every page would be the demo's own slowness: each order of a list is made once. */
const orderings = new WeakMap<readonly unknown[], Map<string, readonly unknown[]>>();

function orderedRows<Row>(listing: Listing<Row>, context: ListingContext, query: URLSearchParams): readonly Row[] {
  const rows = listing.rows(context);
  if (context.hasTies) return inOrder(listing, context, query, shuffled(listing, rows, query));
  const made = orderings.get(rows) ?? new Map<string, readonly unknown[]>();
  orderings.set(rows, made);
  const keys = ['group_by', 'order_by', 'order_direction'].map((key) => query.getAll(key).join('&'));
  const name = [context.wire.version, ...keys].join('|');
  const known = made.get(name) as readonly Row[] | undefined;
  if (known !== undefined) return known;
  const ordered = inOrder(listing, context, query, rows);
  made.set(name, ordered);
  return ordered;
}

function inOrder<Row>(
  listing: Listing<Row>,
  { wire }: ListingContext,
  query: URLSearchParams,
  rows: readonly Row[],
): readonly Row[] {
  const direction = listing.newestFirst?.(wire) ? -1 : 1;
  return orderRows(rows, query, listing.orders(wire), (all) =>
    sorted(all, (row) => instantKey(listing.createdAt(row)), direction),
  );
}

/** The order that rows with equal keys keep: one for one combination of parameters, limit and offset among them. */
function shuffled<Row>(listing: Listing<Row>, rows: readonly Row[], query: URLSearchParams): readonly Row[] {
  const asked = [...query].map((entry) => entry.join('=')).sort();
  const ranked = rows.map((row) => ({ row, rank: hashOf(`${listing.id(row)} ${asked}`) }));
  return ranked.sort((a, b) => a.rank - b.rank).map(({ row }) => row);
}
