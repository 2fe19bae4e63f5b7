import {
  type FindingModel,
  type FindingOrderModel,
  type FindingSeverity,
  type FindingStatus,
  findingOrder,
} from '#entities/finding/model.ts';
import { byValue, inTurn } from '#lib/compare.ts';
import { isOneOf, type QueryRules } from './query-rules.ts';

/** Combined with AND; of several values, any will do. */
export interface FindingQuery {
  readonly accountId?: string;
  readonly resourceId?: string;
  readonly severity?: readonly FindingSeverity[];
  readonly status?: readonly FindingStatus[];
  readonly type?: readonly string[];
  /** @default newest first */
  readonly orderBy?: FindingOrderModel;
}

export const findingRules: QueryRules<FindingQuery, FindingModel> = {
  matches: ({ accountId, resourceId, severity, status, type }) => {
    const [account, resource] = [accountId?.toLowerCase(), resourceId?.toLowerCase()];
    return (row) =>
      (account === undefined || row.accountId === account) &&
      (resource === undefined || row.resourceId === resource) &&
      isOneOf(severity, row.severity) &&
      isOneOf(status, row.status) &&
      isOneOf(type, row.findingType);
  },
  compare: ({ orderBy }) =>
    orderBy
      ? findingOrder(orderBy)
      : inTurn(
          byValue(({ createdAt }) => createdAt, 'DESC'),
          byValue(({ id }) => id, 'DESC'),
        ),
};
