import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { ConfigInput } from '#config/config.ts';
import { type CompanySizes, SIZES } from '../company.ts';

interface Reached {
  readonly url: string;
  readonly apiKey: string;
}
export interface Counted {
  readonly calls: number;
  /** Answered 429. */
  readonly refused: number;
}
export interface Heap {
  readonly heapBytes: number;
  readonly rssBytes: number;
}

/** A server in a process of its own: asked for what it counts by an empty message. */
interface Server<Hello, Told> {
  readonly hello: Hello;
  ask(): Promise<Told>;
  stop(): Promise<void>;
}

const start = async <Hello, Told>(script: string, args: readonly string[]): Promise<Server<Hello, Told>> => {
  const path = fileURLToPath(new URL(script, import.meta.url));
  const child = fork(path, args, { execArgv: ['--expose-gc'], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const [hello] = (await once(child, 'message')) as [Hello];
  return {
    hello,
    ask: async () => {
      child.send({});
      const [told] = (await once(child, 'message')) as [Told];
      return told;
    },
    stop: async () => {
      if (child.exitCode !== null) return;
      child.disconnect();
      await once(child, 'exit');
    },
  };
};

type Reach = Readonly<Record<'scanorbit' | 'scanopy', Reached>>;

/** @param isLimited as the real ones are; else they answer whatever is asked. */
export const startUpstreams = (now: number, latencyMs = 20, isLimited = true, sizes: CompanySizes = SIZES) =>
  start<Reach, Readonly<Record<'scanorbit' | 'scanopy', Counted>>>('upstreams.ts', [
    String(now),
    String(latencyMs),
    String(isLimited),
    JSON.stringify(sizes),
  ]);

type SourceInput = NonNullable<ConfigInput['sources']>[number];

/** @param budget over what the product assumes of its upstreams, which is what the demo ones grant. */
export const startGateway = (
  reach: Reach,
  config: Omit<ConfigInput, 'sources'> = {},
  budget: SourceInput['budget'] = {},
) => {
  const sources = (['scanorbit', 'scanopy'] as const).map((kind) => ({ name: kind, kind, ...reach[kind], budget }));
  const full: ConfigInput = {
    ...config,
    sources,
    server: { port: 0, ...config.server },
    log: { level: 'silent', ...config.log },
    index: { enabled: false, directory: null, ...config.index },
  };
  return start<{ readonly url: string }, Heap>('gateway.ts', [JSON.stringify(full)]);
};
