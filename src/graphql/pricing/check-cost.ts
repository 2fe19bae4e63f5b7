import { GatewayError } from '#lib/gateway-error.ts';
import type { Estimate } from './estimate.ts';
import type { PricedKind } from './price.ts';

export type CostLimits = Readonly<Record<PricedKind, number>>;

const NAMES: Record<PricedKind, string> = { SCANORBIT: 'ScanOrbit', SCANOPY: 'Scanopy' };
const TOLD_FIELDS = 5;

/** @returns the refusal of an operation whose worst case is over a limit, telling what costs most; null when it may run. */
export const checkCost = (estimate: Estimate, limits: CostLimits): GatewayError | null => {
  for (const kind of ['SCANORBIT', 'SCANOPY'] as const) {
    const requests = estimate.requests[kind];
    const limit = limits[kind];
    if (requests <= limit) continue;
    const dearest = estimate.fields[kind].slice(0, TOLD_FIELDS);
    const named = dearest.map(({ path, requests: of }) => `${path} (${of})`).join(', ');
    return new GatewayError(
      'COST_LIMIT_EXCEEDED',
      `This operation may need ${requests} ${NAMES[kind]} requests; ${limit} are allowed. Most of it: ${named}. Ask for fewer items, or leave out nested fields.`,
      { kind, estimate: requests, limit, fields: dearest },
    );
  }
  return null;
};
