import { refKey } from '#lib/record-ref.ts';
import { byValue, type Compare, inTurn } from '#loading/ordered-list.ts';
import { FINDING_SEVERITIES, type FindingModel } from '../model.ts';

export interface FindingOrderModel {
  readonly field: 'SEVERITY' | 'FIRST_DETECTED' | 'LAST_DETECTED' | 'CREATED_AT';
  readonly direction: 'ASC' | 'DESC';
}

const instant = (time: string | null): number | null => (time === null ? null : Date.parse(time));

const VALUES: Readonly<Record<FindingOrderModel['field'], (row: FindingModel) => string | number | null>> = {
  SEVERITY: ({ severity }) => -FINDING_SEVERITIES.indexOf(severity),
  FIRST_DETECTED: ({ firstDetectedAt }) => instant(firstDetectedAt),
  LAST_DETECTED: ({ lastDetectedAt }) => instant(lastDetectedAt),
  CREATED_AT: ({ createdAt }) => instant(createdAt),
};

/** Equal ones: newest first, then by source and id, so that pages never overlap. */
export const findingOrder = ({ field, direction }: FindingOrderModel): Compare<FindingModel> =>
  inTurn(byValue(VALUES[field], direction), byValue(VALUES.CREATED_AT, 'DESC'), byValue(refKey, 'ASC'));
