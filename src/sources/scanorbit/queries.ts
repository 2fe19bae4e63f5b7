import type { FindingModel } from '#entities/finding/model.ts';
import type { ResourceModel } from '#entities/resource/model.ts';
import type { ListPage } from '#lib/sliced-list.ts';
import type { Window } from '#loading/lists/list-calls.ts';
import type { FindingQuery, ResourceQuery } from '../cloud-client.ts';
import { UpstreamStatusError } from '../transport/upstream-status-error.ts';
import { isUuid } from './identifiers.ts';

type Parameters = readonly (readonly [key: string, value: string])[];

/** An empty value is never sent: the server drops such a filter and answers with the whole list. */
const parameters = (entries: readonly (readonly [key: string, value: string | undefined])[]): Parameters =>
  entries.filter((entry): entry is readonly [string, string] => Boolean(entry[1]));

/** Pages count from 1 there. @param window begins at a multiple of its limit */
const paging = ({ offset, limit }: Window): Parameters => [
  ['page', String(offset / limit + 1)],
  ['limit', String(limit)],
];

export const resourceParameters = (query: ResourceQuery, window: Window): Parameters => [
  ...parameters([
    ['awsAccountId', query.accountId],
    ['region', query.region],
    ['service', query.service],
    ['state', query.state],
    ['costFilter', query.cost],
  ]),
  ...paging(window),
];

export const findingParameters = (query: FindingQuery, window: Window): Parameters => [
  ...parameters([
    ['awsAccountId', query.accountId],
    ['resourceId', query.resourceId],
    ['severity', query.severity?.toLowerCase()],
    ['status', query.status?.toLowerCase()],
    ['type', query.type],
  ]),
  ...paging(window),
];

/** Which services cost is the server's own list, so `cost` cannot be checked on a row. */
export const isResourceOf =
  ({ accountId, region, service, state }: ResourceQuery) =>
  (row: ResourceModel): boolean =>
    is(accountId?.toLowerCase(), row.accountId) &&
    is(region, row.region) &&
    is(service, row.service) &&
    is(state, row.state);

export const isFindingOf =
  (query: FindingQuery) =>
  (row: FindingModel): boolean =>
    is(query.accountId?.toLowerCase(), row.accountId) &&
    is(query.resourceId?.toLowerCase(), row.resourceId) &&
    is(query.severity, row.severity) &&
    is(query.status, row.status) &&
    is(query.type, row.findingType);

const is = (wanted: string | undefined, has: string | null): boolean => wanted === undefined || wanted === has;

const hasEmptyValue = (query: object): boolean => Object.values(query).includes('');

/** Takes out rows the filter should have kept out, and says so: then `total` counts rows that do not belong. */
export const verified = <T>(page: ListPage<T>, query: object, belongs: (row: T) => boolean): ListPage<T> => {
  const rows = page.rows.map((row) => (row !== null && belongs(row) ? row : null));
  const isIgnored = hasEmptyValue(query) || rows.some((row, i) => row === null && page.rows[i] !== null);
  return isIgnored ? { ...page, rows, filterIgnored: true } : page;
};

const EMPTY_PAGE: ListPage<never> = { rows: [], total: 0 };

const STRICT_UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

/**
 * The page, or none of it when an id it is filtered by is no row id: what is not a uuid is not sent, and a uuid of no standard
 * version may be refused.
 */
export const pageOrEmpty = async <T>(
  ids: readonly (string | undefined)[],
  read: () => Promise<ListPage<T>>,
): Promise<ListPage<T>> => {
  const given = ids.filter((id) => id !== undefined);
  if (!given.every(isUuid)) return EMPTY_PAGE;
  try {
    return await read();
  } catch (error) {
    const isRefused = error instanceof UpstreamStatusError && error.status === 400;
    if (isRefused && !given.every((id) => STRICT_UUID.test(id))) return EMPTY_PAGE;
    throw error;
  }
};
