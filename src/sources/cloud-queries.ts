import {
  type FindingModel,
  type FindingOrderModel,
  type FindingSeverity,
  type FindingStatus,
  findingOrder,
} from '#entities/finding/model.ts';
import { type ResourceModel, type ResourceOrderModel, resourceOrder } from '#entities/resource/model.ts';
import { byValue, inTurn } from '#lib/compare.ts';
import { type DecimalRange, isBetween, isInTime, type TimeRange } from '#lib/ranges.ts';
import { containsText } from '#lib/text.ts';
import { isOneOf, type QueryRules } from './list-support.ts';

/** Combined with AND; of several values, any will do. */
export interface ResourceQuery {
  readonly accountId?: string;
  readonly cost?: 'PAID' | 'FREE';
  readonly region?: readonly string[];
  readonly service?: readonly string[];
  readonly state?: readonly string[];
  /** Carried; not carried where `exists` is false. */
  readonly tag?: { readonly key: string; readonly value?: string; readonly exists?: boolean };
  readonly monthlyCost?: DecimalRange;
  readonly lastSeen?: TimeRange;
  /** Part of the name, the AWS identifier or a tag; case is ignored. */
  readonly search?: string;
  /** What no source can be asked for. */
  readonly where?: (row: ResourceModel) => boolean;
  /** @default last seen first */
  readonly orderBy?: ResourceOrderModel;
}

const hasTag =
  ({ key, value, exists = true }: NonNullable<ResourceQuery['tag']>) =>
  (row: ResourceModel): boolean =>
    exists === row.tags.some((tag) => tag.key === key && (value === undefined || tag.value === value));

const mentions = (text: string) => {
  const contains = containsText(text);
  return ({ name, resourceId, tags }: ResourceModel): boolean =>
    contains(name) || contains(resourceId) || tags.some(({ key, value }) => contains(key) || contains(value));
};

/** `cost` is left to the source: which services cost is its own judgement, and not to be seen on a row. */
export const resourceRules: QueryRules<ResourceQuery, ResourceModel> = {
  matches: ({ accountId, region, service, state, tag, search, monthlyCost, lastSeen, where }) => {
    const account = accountId?.toLowerCase();
    const [isPriced, isSeen] = [isBetween(monthlyCost), isInTime(lastSeen)];
    const others = [tag && hasTag(tag), search && mentions(search), where].filter(
      (other) => typeof other === 'function',
    );
    return (row) =>
      (account === undefined || row.accountId === account) &&
      isOneOf(region, row.region) &&
      isOneOf(service, row.service) &&
      isOneOf(state, row.state) &&
      isPriced(row.costEstimateMonthly) &&
      isSeen(row.lastSeenAt) &&
      others.every((holds) => holds(row));
  },
  compare: ({ orderBy }) =>
    orderBy
      ? resourceOrder(orderBy)
      : inTurn(
          byValue(({ lastSeenAt }) => lastSeenAt, 'DESC'),
          byValue(({ id }) => id, 'DESC'),
        ),
};

/** Combined with AND; of several values, any will do. */
export interface FindingQuery {
  readonly accountId?: string;
  readonly resourceId?: string;
  readonly severity?: readonly FindingSeverity[];
  readonly status?: readonly FindingStatus[];
  readonly type?: readonly string[];
  readonly firstDetected?: TimeRange;
  readonly lastDetected?: TimeRange;
  /** What no source can be asked for. */
  readonly where?: (row: FindingModel) => boolean;
  /** @default newest first */
  readonly orderBy?: FindingOrderModel;
}

export const findingRules: QueryRules<FindingQuery, FindingModel> = {
  matches: ({ accountId, resourceId, severity, status, type, firstDetected, lastDetected, where }) => {
    const [account, resource] = [accountId?.toLowerCase(), resourceId?.toLowerCase()];
    const [isFirst, isLast] = [isInTime(firstDetected), isInTime(lastDetected)];
    return (row) =>
      (account === undefined || row.accountId === account) &&
      (resource === undefined || row.resourceId === resource) &&
      isOneOf(severity, row.severity) &&
      isOneOf(status, row.status) &&
      isOneOf(type, row.findingType) &&
      isFirst(row.firstDetectedAt) &&
      isLast(row.lastDetectedAt) &&
      (!where || where(row));
  },
  compare: ({ orderBy }) =>
    orderBy
      ? findingOrder(orderBy)
      : inTurn(
          byValue(({ createdAt }) => createdAt, 'DESC'),
          byValue(({ id }) => id, 'DESC'),
        ),
};
