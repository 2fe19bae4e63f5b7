import { hasFreshFindings, isCurrent } from '#inventory/snapshot/currency.ts';
import type { CloudPicture } from '#inventory/snapshot/picture.ts';
import type { CloudSource } from '#sources/source-set.ts';
import { oncePerSource } from './once-per-source.ts';

/**
 * The index's picture of a source where that is what the source holds now, and all of it, else null. Costs a (cached) look at the newest scans; an
 * index that is behind is told. Decided once per request, so that all of an answer is of one state.
 */
export const currentPicture = oncePerSource(
  async ({ index, client }: CloudSource, { scope }): Promise<CloudPicture | null> => {
    const picture = scope.bypassCache ? null : index?.picture();
    if (!picture || picture.missing.resources > 0) return null;
    const scans = await client.recentScans(scope).catch(() => null);
    if (!scans || isCurrent(picture, scans)) return scans && picture;
    index?.refresh();
    return null;
  },
);

/** The same, for its findings, which people change at any time. */
export const picturedFindings = oncePerSource(
  async ({ index }: CloudSource, { scope }): Promise<CloudPicture['findings'] | null> => {
    const picture = scope.bypassCache ? null : index?.picture();
    return picture && picture.missing.findings === 0 && hasFreshFindings(picture) ? picture.findings : null;
  },
);
