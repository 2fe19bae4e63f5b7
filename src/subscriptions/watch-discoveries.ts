import type { DiscoverySessionModel } from '#entities/discovery/model.ts';
import type { NetworkClient } from '#sources/network-client.ts';
import { waitFor } from '#sources/transport/clock.ts';
import { isNotHere } from '#sources/transport/not-here-error.ts';
import type { Scope } from '#sources/transport/scope.ts';
import { StreamSilentError } from '#sources/transport/stream-silent-error.ts';
import { UpstreamStatusError } from '#sources/transport/upstream-status-error.ts';
import type { Watch } from './feed.ts';
import { pauseAfter, type WatchPace } from './pace.ts';
import { SessionChanges } from './session-changes.ts';
import { NO_MEMORY, type WatchMemory } from './watch-memory.ts';
import { watchScope } from './watch-scope.ts';

type Client = Pick<NetworkClient, 'source' | 'activeDiscoveries' | 'discoveryPage' | 'sessionStream'>;

/** How long a source is polled whose stream is refused, or silent, before the stream is tried again. */
const STREAM_AGAIN_MS = 5 * 60_000;

/**
 * Follows the event stream of one source, or polls where the key may not use it or nothing comes of it in time, as behind a proxy that
 * buffers. The stream replays nothing, so after every connection what runs and what ended is read once and compared with what is known:
 * an outage costs no terminal event.
 */
export const watchDiscoveries =
  (client: Client, pace: WatchPace, memory: WatchMemory = NO_MEMORY): Watch<DiscoverySessionModel> =>
  async (emit, signal) => {
    const tell = (session: DiscoverySessionModel) => {
      emit(session);
      memory.save(sessions.known);
    };
    const sessions = new SessionChanges(tell, await memory.load());
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

/** Until the upstream hangs up. */
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

/** What ended is read after what runs: a session that ends in between is then in the second answer, and never in neither. */
const compare = async (client: Client, sessions: SessionChanges, scope: Scope): Promise<void> => {
  const active = await client.activeDiscoveries(scope);
  const { rows } = await client.discoveryPage(0, scope);
  const past = rows.flatMap((row) => (row?.session ? [row.session] : []));
  sessions.compareWith([...past.toReversed(), ...active]);
};

/** The key may not use the stream, the server has none, or nothing comes through. */
const isUseless = (error: unknown): boolean =>
  error instanceof StreamSilentError ||
  isNotHere(error) ||
  (error instanceof UpstreamStatusError && error.status === 403);
