import type { GatewayConfig } from '#config/config.ts';
import type { Snapshot } from '#inventory/snapshot/snapshot.ts';
import { persistedQuery } from '#lib/persisted-query.ts';
import type { Sources } from '#sources/create-sources.ts';
import type { Clock } from '#sources/transport/clock.ts';
import type { ViewerWatches } from '#watches/viewer-watches.ts';
import type { Watch } from '#watches/watch.ts';
import { WatchRunner } from '#watches/watch-runner.ts';
import { WatchState } from '#watches/watch-state.ts';
import type { Resolve } from '#watches/webhooks/public-addresses.ts';
import { createSender } from '#watches/webhooks/send-webhook.ts';
import { WebhookQueue } from '#watches/webhooks/webhook-queue.ts';
import type { Viewer } from './auth/viewer.ts';
import { isWatchOf, viewerOfWatch } from './auth/viewer-of-watch.ts';
import type { Yoga } from './create-yoga.ts';
import { answerThroughYoga } from './http/execute-through-yoga.ts';
import type { Logger } from './observability/logger.ts';
import type { Metrics } from './observability/metrics.ts';
import { watchObserver } from './observability/watch-observer.ts';

/** What watches are asked of. */
interface Asked {
  readonly config: GatewayConfig;
  readonly watches: readonly Watch[];
  readonly yoga: Yoga;
}

/** The watched questions of this gateway. */
export interface Watches {
  /** Until the start, readings are only taken down. */
  readonly noteReading: (snapshot: Snapshot) => void;
  readonly isWatched: (source: string) => boolean;
  /** Those of a caller. */
  of(viewer: Viewer): ViewerWatches;
  /** Once it is known what was told before. */
  start(asked: Asked): Promise<void>;
  update(asked: Asked): void;
  close(): Promise<void>;
}

export interface WatchesDeps {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly sources: () => Sources;
  /** @default that of the system */
  readonly resolve?: Resolve;
  /** @default Math.random */
  readonly random?: () => number;
}

export const openWatches = (directory: string | null, deps: WatchesDeps): Watches => {
  const { clock, logger, metrics, sources, resolve, random } = deps;
  let asked: Asked | null = null;
  const state = new WatchState(directory);
  const observer = watchObserver(logger, metrics);
  const sender = createSender(clock, resolve);
  const queue = new WebhookQueue({ ...{ clock, state, send: sender.send }, ...observer, ...(random && { random }) });
  const runner = new WatchRunner({
    ...{ clock, state, onRun: observer.onRun },
    onDeliveries: () => queue.wake(),
    ask: (watch, signal) => (asked ? ask(asked, watch, sources(), signal) : Promise.reject(new Error('Not started.'))),
    sourcesOf: (watch) => (asked ? sourcesOf(asked.config, watch, sources()) : []),
    isRead: (names) => names.every((name) => sources().all.byName(name)?.index?.status().coverage === 1),
  });
  return {
    noteReading: (snapshot) => runner.noteReading(snapshot),
    isWatched: (source) => runner.isWatched(source),
    of: (viewer) => runner.viewerWatches((watch) => asked !== null && isWatchOf(viewer, asked.config.auth, watch)),
    start: async (first) => {
      asked = first;
      if (!(await state.load()))
        logger.error('What watches have told cannot be read: it is as if they had told nothing until now');
      runner.start(first.watches);
      await queue.update(first.watches);
    },
    update: (next) => {
      asked = next;
      runner.update(next.watches);
      void queue.update(next.watches);
    },
    close: async () => {
      await runner.stop();
      await queue.stop();
      await sender.close();
    },
  };
};

/** What followed from the reading before would be taken for what follows from this one. */
const ask = async ({ config, yoga }: Asked, watch: Watch, sources: Sources, signal: AbortSignal) => {
  const { question, variables } = watch;
  const viewer = viewerOfWatch(config.auth, watch);
  await sources.forViewer(viewer).inventory.settled();
  const operation = { query: '', variables, extensions: persistedQuery(question.hash) };
  return answerThroughYoga(yoga, operation, viewer, { signal, isBackground: true });
};

const sourcesOf = ({ auth }: GatewayConfig, watch: Watch, sources: Sources): readonly string[] =>
  sources
    .forViewer(viewerOfWatch(auth, watch))
    .all.filter(({ side }) => watch.sides.has(side))
    .map(({ name }) => name);
