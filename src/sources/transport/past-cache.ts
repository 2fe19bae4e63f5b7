import type { Scope } from './scope.ts';

/** Asks anew even for what this very operation has read already: that is what is in doubt. */
export const pastCache = (scope: Scope): Scope => ({
  ...scope,
  operation: `${scope.operation}, again`,
  bypassCache: true,
});
