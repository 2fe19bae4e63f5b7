import type { CloudSupport } from '../cloud-client.ts';
import { oneValueEach } from '../list-support.ts';
import { lookUpOf } from './identifiers.ts';
import { isAskableSeverity, isAskableStatus, isFilled } from './queries.ts';

/** The server filters by one value of each parameter, and has one order of its own. */
export const supports: CloudSupport = {
  resources: {
    pushdown: (query) => {
      const { accountId, cost, tag, search, monthlyCost, lastSeen, where, orderBy } = query;
      const exact = { ...(accountId && { accountId }), ...(cost && { cost }) };
      const hasOthers = Boolean(tag || search || monthlyCost || lastSeen || where || orderBy);
      return oneValueEach(exact, query, { region: isFilled, service: isFilled, state: isFilled }, hasOthers);
    },
    dependsOnSource: () => false,
    isAble: async () => true,
    assumesAble: true,
  },
  findings: {
    /** The filter by severity compares exactly, so it misses rows that were stored in other letters. */
    pushdown: (query, able) => {
      const { accountId, resourceId, firstDetected, lastDetected, where, orderBy } = query;
      const exact = { ...(accountId && { accountId }), ...(resourceId && { resourceId }) };
      const severity = (value: Parameters<typeof isAskableSeverity>[0]) => able && isAskableSeverity(value);
      const hasOthers = Boolean(firstDetected || lastDetected || where || orderBy);
      return oneValueEach(exact, query, { severity, status: isAskableStatus, type: isFilled }, hasOthers);
    },
    dependsOnSource: ({ severity }) =>
      severity !== undefined && severity.length > 0 && severity.every(isAskableSeverity),
    isAble: (client, scope) => client.filtersSeverities(scope),
    assumesAble: true,
  },
  lookUp: lookUpOf,
};
