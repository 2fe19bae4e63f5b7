import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import type { ConfigInput } from '#config/config.ts';

export interface Vitals {
  readonly rssBytes: number;
  readonly heapBytes: number;
  /** Longest time its event loop stood still. */
  readonly longestStallMs: number;
  readonly unhandledRejections: number;
}

export interface WatchedGateway {
  readonly url: string;
  /** Exit code or signal, once it has ended before it was told to. */
  readonly crash: () => string | null;
  vitals(): Promise<Vitals>;
  stop(): Promise<void>;
}

const DEPLOYMENT = new URL('../../deploy/kubernetes/deployment.yaml', import.meta.url);

interface Deployment {
  readonly spec: {
    readonly template: { readonly spec: { readonly containers: readonly [{ readonly env: Variables }] } };
  };
}

type Variables = readonly { readonly name: string; readonly value: string }[];

/** What Node is told where the gateway is deployed: the size of its heap. */
export const deployedNodeOptions = (): string => {
  const { spec } = parse(readFileSync(DEPLOYMENT, 'utf8')) as Deployment;
  const [{ env }] = spec.template.spec.containers;
  return env.find(({ name }) => name === 'NODE_OPTIONS')?.value ?? '';
};

export const startWatchedGateway = async (config: ConfigInput, nodeOptions: string): Promise<WatchedGateway> => {
  const script = fileURLToPath(new URL('gateway.ts', import.meta.url));
  const child = fork(script, [JSON.stringify(config)], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, NODE_OPTIONS: nodeOptions },
  });
  let crash: string | null = null;
  let isStopping = false;
  child.once('exit', (code, signal) => {
    if (!isStopping) crash = String(signal ?? code);
  });
  const [{ url }] = (await once(child, 'message')) as [{ url: string }];
  return {
    url,
    crash: () => crash,
    vitals: async () => {
      child.send({});
      const [vitals] = (await once(child, 'message')) as [Vitals];
      return vitals;
    },
    stop: async () => {
      isStopping = true;
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.disconnect();
      await ended;
    },
  };
};
