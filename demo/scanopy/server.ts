import type { DemoAnswer, DemoRequest } from '../http.ts';
import { type ServedDemo, serveDemo } from '../serve-demo.ts';
import type { NetworkWorld } from '../world/network-world.ts';
import { networkWithTies } from '../world/ties.ts';
import { faultWording, okReply, unknownPathReply } from './envelope.ts';
import type { KeyState } from './gate.ts';
import { createGate } from './gate.ts';
import { createCatalogue } from './listing.ts';
import { createLiveSessions, type FinishOptions } from './live-sessions.ts';
import { createRoutes } from './routes.ts';
import { type StreamPace, sessionStream, throughBufferingProxy } from './session-stream.ts';
import { openPath, permissionDenied } from './special-paths.ts';
import { wireVersion } from './wire-version.ts';

export interface ScanopyDemoOptions {
  readonly world: NetworkWorld;
  /** Any `a.b.c`; the generations differ at 0.16.0 and 0.17.22. */
  readonly version: string;
  /** A key with a Viewer's permissions. */
  readonly apiKey: string;
  /** Further keys of the same user, who has one allowance for them all. @default none */
  readonly moreKeys?: readonly string[];
  /** What the key may see; empty sees nothing. @default every network */
  readonly networkIds?: readonly string[];
  /** Unknown paths answer 200 with the web UI's HTML; else 404 with nothing. @default true */
  readonly webUi?: boolean;
  /** @default 0, any free port */
  readonly port?: number;
  /** @default '127.0.0.1' */
  readonly host?: string;
  /** 5 a second with a burst of 150 for the key, 40 a minute with a burst of 10 for strangers. @default true */
  readonly rateLimit?: boolean;
  /** Milliseconds since the epoch: buckets refill and sessions progress by it. @default Date.now */
  readonly clock?: () => number;
  /** @default 0 */
  readonly latencyMs?: number | ((request: DemoRequest) => number);
  readonly stream?: StreamPace;
  /** Behind a proxy that buffers streams, as nginx does by default. @default false */
  readonly buffering?: boolean;
  /**
   * So many rows of every list share one `created_at`, so many hosts one `updated_at`, and what shares one changes places from page to
   * page, so that a walk repeats and skips. @default no instant is shared, and every page has the same order
   */
  readonly ties?: number;
}

export interface ScanopyDemo extends Omit<ServedDemo, 'origin'> {
  /** The origin, without a trailing slash. */
  readonly url: string;
  readonly apiKey: string;
  /** A rolling upgrade or downgrade: from the next request on, everything is the other version's. */
  setVersion(version: string): void;
  /** From the next request on. @param key @default the first */
  setKeyState(state: KeyState, key?: string): void;
  /** Of streams that begin from now on. */
  setBuffering(buffering: boolean): void;
  /** Ends the active discovery session now. */
  finishDiscovery(options?: FinishOptions): void;
}

const ID = /\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(?=\/|$)/gi;

/** A Scanopy server of the given version over the network half of the invented company. Reads only. */
export async function startScanopyDemo(options: ScanopyDemoOptions): Promise<ScanopyDemo> {
  const { ties, apiKey, webUi = true, rateLimit = true, clock = Date.now, latencyMs = 0 } = options;
  const world = ties === undefined ? options.world : networkWithTies(options.world, ties);
  let wire = wireVersion(options.version);
  let buffering = options.buffering ?? false;
  const catalogue = createCatalogue(world);
  const sessions = createLiveSessions(world.discoveries, clock);
  const scope = new Set(options.networkIds ?? world.networks.map((network) => network.id));
  const keys = new Map<string, KeyState>([apiKey, ...(options.moreKeys ?? [])].map((key) => [key, 'active']));
  const gate = createGate({ keys, clock, rateLimit });
  const stream = () => {
    const answer = sessionStream(sessions, () => wire, scope, options.stream ?? {});
    return buffering ? throughBufferingProxy(answer) : answer;
  };
  const routes = createRoutes({ sessions, scope, webUi, stream });

  function answer(request: DemoRequest): DemoAnswer {
    const { path, method } = request;
    const now = wire;
    const open = openPath(now, path);
    if (open !== null) return open;
    if (!path.startsWith('/api/')) return unknownPathReply(webUi);
    if (path === '/api/version') {
      const version = { api_version: 1, server_version: now.version };
      return gate(now, request, false, () => okReply(now.version, version));
    }
    if (!path.startsWith('/api/v1/')) return gate(now, request, false, () => unknownPathReply(webUi));
    return gate(now, request, true, () => {
      if (method !== 'GET' && method !== 'HEAD') return permissionDenied(now);
      return routes.answer(path.slice('/api/v1/'.length), request, {
        wire: now,
        catalogue,
        hasTies: ties !== undefined,
      });
    });
  }

  const { origin, ...served } = await serveDemo({
    port: options.port ?? 0,
    host: options.host ?? '127.0.0.1',
    clock,
    latencyMs,
    wording: faultWording(() => wire.version),
    endpointOf: ({ path }) => path.replace(/^\/api\/v1(?=\/)/, '').replace(ID, '/{id}'),
    answer,
  });
  return {
    ...served,
    url: origin,
    apiKey,
    setVersion(version) {
      wire = wireVersion(version);
    },
    setKeyState: (state, key = apiKey) => void keys.set(key, state),
    setBuffering(on) {
      buffering = on;
    },
    finishDiscovery: (finish) => sessions.finish(finish),
  };
}
