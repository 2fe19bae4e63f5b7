import type { FindingSeverity, FindingStatus } from '#entities/finding/model.ts';
import { pageWindow, type Window } from '#lib/lists/list-calls.ts';
import type { ListPage } from '#lib/sliced-list.ts';
import type { FindingQuery, ResourceQuery } from '../cloud-queries.ts';
import { UpstreamStatusError } from '../transport/upstream-errors.ts';
import { isUuid } from './identifiers.ts';

/** Rows of one list page; the server refuses more. */
export const SCANORBIT_PAGE_SIZE = 100;

/** Pages count from 0. */
export const pageOf = (index: number): Window => pageWindow(index, SCANORBIT_PAGE_SIZE);

type Parameters = readonly (readonly [key: string, value: string])[];

const parameters = (entries: readonly (readonly [key: string, value: string | undefined])[]): Parameters =>
  entries.filter((entry): entry is readonly [string, string] => Boolean(entry[1]));

/** Pages count from 1 there. @param window begins at a multiple of its limit */
const paging = ({ offset, limit }: Window): Parameters => [
  ['page', String(offset / limit + 1)],
  ['limit', String(limit)],
];

/** An empty value is never sent: the server drops such a filter and answers with the whole list. */
export const isFilled = (value: string): boolean => value !== '';

/** The server filters by these severities only, and answers 400 to the others that it reports. */
export const isAskableSeverity = (severity: FindingSeverity): boolean =>
  severity === 'LOW' || severity === 'MEDIUM' || severity === 'HIGH';

export const isAskableStatus = (status: FindingStatus): boolean => status !== 'UNKNOWN';

/** One value can be sent; several leave the list as it is. */
const only = <V extends string>(values: readonly V[] | undefined, isAskable: (value: V) => boolean): V | undefined =>
  values?.length === 1 ? values.find(isAskable) : undefined;

export const resourceParameters = (query: ResourceQuery, window: Window): Parameters => [
  ...parameters([
    ['awsAccountId', query.accountId],
    ['region', only(query.region, isFilled)],
    ['service', only(query.service, isFilled)],
    ['state', only(query.state, isFilled)],
    ['costFilter', query.cost?.toLowerCase()],
  ]),
  ...paging(window),
];

export const findingParameters = (query: FindingQuery, window: Window): Parameters => [
  ...parameters([
    ['awsAccountId', query.accountId],
    ['resourceId', query.resourceId],
    ['severity', only(query.severity, isAskableSeverity)?.toLowerCase()],
    ['status', only(query.status, isAskableStatus)?.toLowerCase()],
    ['type', only(query.type, isFilled)],
  ]),
  ...paging(window),
];

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
