import type { DiscoverySessionModel } from '#entities/discovery/model.ts';
import { Changes } from './changes.ts';

/** Tells each state of each session once, and nothing of a session after its end. */
export class SessionChanges {
  readonly #emit: (session: DiscoverySessionModel) => void;
  readonly #changes: Changes<DiscoverySessionModel>;
  readonly #ended: Set<string>;
  /** Sessions that the first comparison found ended, which nobody was told. */
  #endedAtFirst = new Set<string>();
  /** How far each session was when last told of: a stream may be held back on its way, and bring what is old. */
  readonly #progress = new Map<string, number>();
  #hasCompared: boolean;
  /** Whether anything ran when last compared. */
  isBusy = false;

  /** @param known versions by id, as told before; null when nothing was. */
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

  /** What is pushed happened after the connection: it is news even of a session whose end the first comparison found already. */
  notePushed(session: DiscoverySessionModel): void {
    if (!this.#endedAtFirst.has(session.id)) {
      this.note(session);
      return;
    }
    if (hasEnded(session)) this.#endedAtFirst.delete(session.id);
    this.#emit(session);
  }

  /** Everything that runs and the newest that ended, oldest first. The first time it only says where things stand. */
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

/** The end of a session is told once, whichever of stream and history tells it first. */
const versionOf = (session: DiscoverySessionModel): string =>
  hasEnded(session) ? ENDED : JSON.stringify([session.phase, session.progress, session.hostsDiscovered]);
