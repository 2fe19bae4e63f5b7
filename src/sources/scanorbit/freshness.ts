import { FINDINGS_GOOD_FOR_MS, RESOURCES_GOOD_FOR_MS } from '#inventory/snapshot/is-current.ts';
import type { Freshness } from '../transport/upstream-call.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

type Versions = Required<Pick<Freshness, 'version' | 'knownVersion'>>;

/** Resources and edges change only when a scan completes; the upper limit is for what no list of scans shows. */
export const untilNextScan = (versions: Versions): Freshness => ({
  freshMs: RESOURCES_GOOD_FOR_MS,
  staleMs: 6 * HOUR,
  ...versions,
});

/** People resolve, snooze and ignore findings by hand. */
export const FINDINGS: Freshness = { freshMs: FINDINGS_GOOD_FOR_MS, staleMs: 10 * MINUTE };
/** Whoever writes severities into a database keeps to one case; rows that show another are noticed whenever they are read. */
export const SEVERITY_CASE: Freshness = { freshMs: HOUR, staleMs: 6 * HOUR };
export const ACCOUNTS: Freshness = { freshMs: 5 * MINUTE, staleMs: HOUR };
/** Also how often the versions of resources are looked at. */
export const RECENT_SCANS: Freshness = { freshMs: 30 * SECOND, staleMs: 10 * MINUTE };
export const ACTIVE_SCANS: Freshness = { freshMs: 5 * SECOND, staleMs: MINUTE };
export const ONE_SCAN: Freshness = { freshMs: 30 * SECOND, staleMs: 10 * MINUTE };
