import { createRandom } from '../random.ts';
import type { WorldDiscovery, WorldDiscoverySession } from '../world/network-world.ts';

/** A scan that is under way, and the schedule it belongs to. */
interface LiveSession {
  readonly discovery: WorldDiscovery;
  readonly session: WorldDiscoverySession;
}

export interface FinishOptions {
  /** @default 'Complete' */
  readonly phase?: 'Complete' | 'Failed' | 'Cancelled';
  readonly error?: string;
}

/** Time runs by the server's clock: nothing ticks while nobody asks. */
export interface LiveSessions {
  active(): readonly LiveSession[];
  /** Runs finished since the server started, as rows of the discovery list. */
  finishedRuns(): readonly WorldDiscovery[];
  /** The newest session, finished or not, as its subscribers receive it. */
  latest(): LiveSession | null;
  /** Ends the active session now; the next one starts after the usual pause. Without an active one, nothing happens. */
  finish(options?: FinishOptions): void;
}

interface Run {
  readonly discovery: WorldDiscovery;
  readonly sessionId: string;
  readonly rowId: string;
  readonly startedAt: number;
  end: { readonly at: number; readonly phase: string; readonly error: string | null } | null;
}

const SCAN_MS = 240_000;
const PAUSE_MS = 60_000;
/** Phases before the scan itself moves, with the age at which each ends. */
const WARM_UP = [
  { phase: 'Pending', until: 2_000 },
  { phase: 'Starting', until: 4_000 },
  { phase: 'Started', until: 8_000 },
] as const;

/** One scan at a time over the enabled schedules in turn, for as long as the server runs. */
export function createLiveSessions(discoveries: readonly WorldDiscovery[], clock: () => number): LiveSessions {
  const schedules = discoveries.filter(({ run }) => run.type === 'Scheduled' && run.enabled);
  const random = createRandom('live sessions');
  const runs: Run[] = [];

  const start = (at: number) => {
    const discovery = schedules[runs.length % schedules.length];
    if (discovery === undefined) return;
    runs.push({ discovery, sessionId: random.uuid(), rowId: random.uuid(), startedAt: at, end: null });
  };
  const advance = () => {
    const now = clock();
    if (runs.length === 0) start(now);
    for (let run = runs.at(-1); run !== undefined; run = runs.at(-1)) {
      if (run.end === null && now >= run.startedAt + SCAN_MS) {
        run.end = { at: run.startedAt + SCAN_MS, phase: 'Complete', error: null };
      }
      if (run.end === null || now < run.end.at + PAUSE_MS) return;
      start(run.end.at + PAUSE_MS);
    }
  };
  const seen = (run: Run): LiveSession => ({ discovery: run.discovery, session: sessionOf(run, clock()) });

  return {
    active() {
      advance();
      return runs.filter((run) => run.end === null).map(seen);
    },
    finishedRuns() {
      advance();
      return runs.filter((run) => run.end !== null).map((run) => rowOf(run, clock()));
    },
    latest() {
      advance();
      const run = runs.at(-1);
      return run === undefined ? null : seen(run);
    },
    finish({ phase = 'Complete', error } = {}) {
      advance();
      const run = runs.at(-1);
      if (run?.end === null) run.end = { at: clock(), phase, error: error ?? null };
    },
  };
}

function sessionOf(run: Run, now: number): WorldDiscoverySession {
  const age = (run.end?.at ?? now) - run.startedAt;
  const warming = WARM_UP.find(({ until }) => age < until);
  const share = Math.min(age / SCAN_MS, 1);
  const done = run.end?.phase === 'Complete';
  return {
    sessionId: run.sessionId,
    discoveryId: run.discovery.id,
    phase: run.end?.phase ?? warming?.phase ?? 'Scanning',
    progress: done ? 100 : Math.floor(share * 100),
    startedAt: warming?.phase === 'Pending' ? null : new Date(run.startedAt).toISOString(),
    finishedAt: run.end === null ? null : new Date(run.end.at).toISOString(),
    error: run.end?.error ?? null,
    hostsDiscovered: Math.floor(share * 60),
    estimatedRemainingSeconds: run.end === null ? Math.ceil((SCAN_MS - age) / 1000) : null,
  };
}

const rowOf = (run: Run, now: number): WorldDiscovery => ({
  ...run.discovery,
  id: run.rowId,
  run: { type: 'Historical', session: sessionOf(run, now) },
  createdAt: new Date(run.end?.at ?? now).toISOString(),
});
