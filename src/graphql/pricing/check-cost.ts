import { GatewayError } from '#lib/gateway-error.ts';
import type { SourceSide } from '#lib/source-side.ts';
import type { Estimate } from './tally.ts';

/** What one operation may need at worst of the sources of one kind. */
export interface CostLimit {
  readonly side: SourceSide;
  /** As the enum `SourceKind` names it. */
  readonly kind: string;
  /** Name of the product. */
  readonly label: string;
  readonly requests: number;
}

const NAMED_FIELDS = 5;

/** @returns the refusal of an operation whose worst case is over a limit, naming what costs most; null when it may run. */
export const checkCost = (estimate: Estimate, limits: readonly CostLimit[]): GatewayError | null => {
  for (const { side, kind, label, requests: limit } of limits) {
    const requests = estimate.requests[side];
    if (requests <= limit) continue;
    const dearest = estimate.fields[side].slice(0, NAMED_FIELDS);
    const named = dearest.map(({ path, requests: of }) => `${path} (${of})`).join(', ');
    return new GatewayError(
      'COST_LIMIT_EXCEEDED',
      `This operation may need ${requests} ${label} requests; ${limit} are allowed. Most of it: ${named}. Ask for fewer items, or leave out nested fields.`,
      { kind, estimate: requests, limit, fields: dearest },
    );
  }
  return null;
};
