import type { DiscoverySessionModel } from '#entities/discovery/model.ts';
import { Changes } from './watch-memory.ts';

/**
 * Emits each state of each discovery session once, and nothing about a session after its end. States come from two sources whose
 * order is not certain: a stream of events, and comparisons with the lists that the upstream returns.
 */
export class SessionChanges {
  readonly #emit: (session: DiscoverySessionModel) => void;
  readonly #changes: Changes<DiscoverySessionModel>;
  readonly #ended: Set<string>;
  /** Sessions that had already ended at the first comparison; they were not emitted. */
  #endedAtFirst = new Set<string>();
  /** The progress of each session as last emitted. A proxy may delay the stream, so that it brings states older than these. */
  readonly #progress = new Map<string, number>();
  #hasCompared: boolean;
  /** Whether any session was running at the last comparison. */
  isBusy = false;

  /** @param known versions by id, from an earlier watch; null when there was none. */
  constructor(emit: (session: DiscoverySessionModel) => void, known: ReadonlyMap<string, string> | null = null) {
    this.#emit = emit;
    this.#changes = new Changes(versionOf, known ?? undefined);
    this.#ended = new Set([...(known ?? [])].filter(([, version]) => version === ENDED).map(([id]) => id));
    this.#hasCompared = known !== null;
  }

  get known(): ReadonlyMap<string, string> {
    return this.#changes.known;
  }

  note(session: DiscoverySessionModel): void {
    if (this.#ended.has(session.id) || this.#isBehind(session)) return;
    if (hasEnded(session)) this.#ended.add(session.id);
    else this.#progress.set(session.id, session.progress);
    if (this.#changes.note(session) && this.#hasCompared) this.#emit(session);
  }

  /** Takes an event of the stream. It happened after connecting, so it is emitted even if the first comparison already contains the end of its session. */
  notePushed(session: DiscoverySessionModel): void {
    if (!this.#endedAtFirst.has(session.id)) {
      this.note(session);
      return;
    }
    if (hasEnded(session)) this.#endedAtFirst.delete(session.id);
    this.#emit(session);
  }

  /** Takes all running sessions and the latest ended ones, oldest first. The first call only records them and emits nothing. */
  compareWith(sessions: readonly DiscoverySessionModel[]): void {
    const ended = new Set(sessions.filter(hasEnded).map(({ id }) => id));
    for (const session of sessions) if (hasEnded(session) || !ended.has(session.id)) this.note(session);
    if (!this.#hasCompared) this.#endedAtFirst = ended;
    this.#hasCompared = true;
    this.isBusy = sessions.some((session) => !hasEnded(session));
    const ids = new Set(sessions.map(({ id }) => id));
    this.#changes.keepOnly(ids);
    for (const id of this.#ended) if (!ids.has(id)) this.#ended.delete(id);
    for (const id of this.#progress.keys()) if (!ids.has(id)) this.#progress.delete(id);
  }

  #isBehind(session: DiscoverySessionModel): boolean {
    return !hasEnded(session) && session.progress < (this.#progress.get(session.id) ?? 0);
  }
}

const FINAL_PHASES = new Set(['complete', 'failed', 'cancelled', 'canceled']);

const hasEnded = ({ finishedAt, phase }: DiscoverySessionModel): boolean =>
  finishedAt !== null || FINAL_PHASES.has(phase.toLowerCase());

const ENDED = 'ended';

/** All ends of a session are one version, so an end is emitted once, whether the stream or the list brings it first. */
const versionOf = (session: DiscoverySessionModel): string =>
  hasEnded(session) ? ENDED : JSON.stringify([session.phase, session.progress, session.hostsDiscovered]);
