import { hasFreshFindings, isCurrent } from '#inventory/snapshot/currency.ts';
import type { CloudSnapshot } from '#inventory/snapshot/snapshot.ts';
import type { CloudSource } from '#sources/source-set.ts';
import { oncePerSource } from './once-per-source.ts';

/**
 * The index's snapshot of a source where that is what the source holds now, and all of it, else null. Costs a (cached) look at the newest scans; an
 * index that is behind is told. Decided once per request, so that all of an answer is of one state.
 */
export const currentSnapshot = oncePerSource(
  async ({ index, client }: CloudSource, { scope }): Promise<CloudSnapshot | null> => {
    const snapshot = scope.bypassCache ? null : index?.snapshot();
    if (!snapshot || snapshot.missing.resources > 0) return null;
    const scans = await client.recentScans(scope).catch(() => null);
    if (!scans || isCurrent(snapshot, scans)) return scans && snapshot;
    index?.refresh();
    return null;
  },
);

/** The same, for its findings, which people change at any time. */
export const indexedFindings = oncePerSource(
  async ({ index }: CloudSource, { scope }): Promise<CloudSnapshot['findings'] | null> => {
    const snapshot = scope.bypassCache ? null : index?.snapshot();
    return snapshot && snapshot.missing.findings === 0 && hasFreshFindings(snapshot) ? snapshot.findings : null;
  },
);
