import type { DemoAnswer } from '../http.ts';
import type { KeyScope } from './answer-list.ts';
import type { LiveSessions } from './live-sessions.ts';
import { sessionOnWire } from './wire-discovery.ts';
import type { WireVersion } from './wire-version.ts';

export interface StreamPace {
  /** How often the session is looked at; a frame goes out when it changed. @default 1000 */
  readonly tickMs?: number;
  /** @default 15000 */
  readonly keepAliveMs?: number;
}

/**
 * Server-sent events without name, id or replay: what changed since the connection, of networks the key may see.
 * The version is asked at every frame, for an upgrade does not spare open streams.
 */
export function sessionStream(
  sessions: LiveSessions,
  wire: () => WireVersion,
  scope: KeyScope,
  { tickMs = 1_000, keepAliveMs = 15_000 }: StreamPace,
): DemoAnswer {
  const frame = () => {
    const live = sessions.latest();
    if (live === null || !scope.has(live.discovery.networkId)) return '';
    return JSON.stringify(sessionOnWire(wire(), live.discovery, live.session));
  };
  return {
    status: 200,
    headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' },
    body: '',
    stream(response) {
      response.flushHeaders();
      let last = frame();
      const tick = setInterval(() => {
        const next = frame();
        if (next !== '' && next !== last) response.write(`data: ${next}\n\n`);
        last = next;
      }, tickMs);
      const keepAlive = setInterval(() => response.write(':\n\n'), keepAliveMs);
      response.once('close', () => {
        clearInterval(tick);
        clearInterval(keepAlive);
      });
    },
  };
}

/** What gathers before anything is passed on. */
const BUFFER_BYTES = 4_096;

/** Of an answer without an end even the head waits until the buffer is full. */
export function throughBufferingProxy(answer: DemoAnswer): DemoAnswer {
  const { stream } = answer;
  if (stream === undefined) return answer;
  return {
    ...answer,
    stream(response) {
      let gathered = '';
      stream({
        flushHeaders() {},
        once: response.once.bind(response),
        write(text) {
          gathered += text;
          if (Buffer.byteLength(gathered) < BUFFER_BYTES) return;
          response.write(gathered);
          gathered = '';
        },
      });
    },
  };
}
