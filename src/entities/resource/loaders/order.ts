import { refKey } from '#lib/record-ref.ts';
import { byValue, type Compare, inTurn } from '#loading/ordered-list.ts';
import { type ResourceModel, resourceDisplayName } from '../model.ts';

export interface ResourceOrderModel {
  readonly field: 'COST' | 'NAME' | 'LAST_SEEN' | 'CREATED_AT';
  readonly direction: 'ASC' | 'DESC';
}

const VALUES: Readonly<Record<ResourceOrderModel['field'], (row: ResourceModel) => string | number | null>> = {
  COST: ({ costEstimateMonthly }) => (costEstimateMonthly === null ? null : Number(costEstimateMonthly)),
  NAME: (row) => resourceDisplayName(row).toLowerCase(),
  LAST_SEEN: ({ lastSeenAt }) => Date.parse(lastSeenAt),
  CREATED_AT: ({ createdAt }) => Date.parse(createdAt),
};

/** Equal ones: last seen first, then by source and id, so that pages never overlap. */
export const resourceOrder = ({ field, direction }: ResourceOrderModel): Compare<ResourceModel> =>
  inTurn(byValue(VALUES[field], direction), byValue(VALUES.LAST_SEEN, 'DESC'), byValue(refKey, 'ASC'));
