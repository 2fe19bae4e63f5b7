import type { DiscoverySessionModel } from '#entities/discovery/model.ts';
import type { NetworkClient } from '#sources/network-client.ts';
import { waitFor } from '#sources/transport/clock.ts';
import type { Scope } from '#sources/transport/scope.ts';
import { isNotHere, StreamSilentError, UpstreamStatusError } from '#sources/transport/upstream-errors.ts';
import type { Watch } from './feed.ts';
import { pauseAfter, type WatchPace, watchScope } from './polling.ts';
import { SessionChanges } from './session-changes.ts';
import { NO_MEMORY, type WatchMemory } from './watch-memory.ts';

type Client = Pick<NetworkClient, 'source' | 'activeDiscoveries' | 'discoveryPage' | 'sessionStream'>;

/** How long a source is polled before its stream is tried again, after it was refused or brought nothing. */
const STREAM_AGAIN_MS = 5 * 60_000;

/**
 * Watches the discovery sessions of one source through its event stream. It polls instead where the key may not use the stream, or
 * nothing arrives in time, as behind a proxy that buffers. The stream does not repeat past events. So after every connection the running
 * and the ended sessions are read and compared with what is known; the end of a session is not missed because of an outage.
 */
export const watchDiscoveries =
  (client: Client, pace: WatchPace, memory: WatchMemory = NO_MEMORY): Watch<DiscoverySessionModel> =>
  async (emit, signal) => {
    const emitAndSave = (session: DiscoverySessionModel) => {
      emit(session);
      memory.save(sessions.known);
    };
    const sessions = new SessionChanges(emitAndSave, await memory.load());
    const scope = () => watchScope(`watch discoveries of ${client.source}`, pace, signal);
    let streamAt = Number.NEGATIVE_INFINITY;
    let failures = 0;
    const succeeded = () => {
      failures = 0;
      memory.save(sessions.known);
    };
    while (!signal.aborted) {
      const canStream = pace.clock.now() >= streamAt;
      try {
        if (canStream) await follow(client, sessions, scope, succeeded);
        else await compare(client, sessions, scope());
        succeeded();
        await waitFor(pace.clock, sessions.isBusy || canStream ? pace.busyMs : pace.idleMs, signal);
      } catch (error) {
        if (canStream && isUseless(error)) {
          streamAt = pace.clock.now() + STREAM_AGAIN_MS;
          continue;
        }
        failures += 1;
        await waitFor(pace.clock, pauseAfter(error, failures, pace), signal);
      }
    }
  };

/** Reads the stream until the upstream closes it. */
const follow = async (
  client: Client,
  sessions: SessionChanges,
  scope: () => Scope,
  connected: () => void,
): Promise<void> => {
  const pushed = await client.sessionStream(scope());
  await compare(client, sessions, scope());
  connected();
  for await (const session of pushed) sessions.notePushed(session);
};

/** Reads the running sessions first and the ended ones afterwards: a session that ends in between is then in the second answer, not in neither. */
const compare = async (client: Client, sessions: SessionChanges, scope: Scope): Promise<void> => {
  const active = await client.activeDiscoveries(scope);
  const { rows } = await client.discoveryPage(0, scope);
  const past = rows.flatMap((row) => (row?.session ? [row.session] : []));
  sessions.compareWith([...past.toReversed(), ...active]);
};

/** Whether polling should take over: the key may not use the stream, the server has none, or nothing arrives. */
const isUseless = (error: unknown): boolean =>
  error instanceof StreamSilentError ||
  isNotHere(error) ||
  (error instanceof UpstreamStatusError && error.status === 403);
