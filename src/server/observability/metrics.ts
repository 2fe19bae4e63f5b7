import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Replicas } from '#cluster/replicas.ts';
import type { SourceSet } from '#sources/source-set.ts';
import type { KeptAnswers } from '../answers/kept-answers.ts';

/** Prometheus metrics of one gateway. Labels hold names and templates, never ids or keys. */
export interface Metrics {
  readonly registry: Registry;
  readonly operations: Counter<'type' | 'outcome'>;
  readonly operationSeconds: Histogram<'type'>;
  readonly errors: Counter<'code'>;
  readonly upstreamCalls: Counter<'source' | 'endpoint' | 'outcome'>;
  readonly upstreamSeconds: Histogram<'source' | 'endpoint'>;
  readonly upstreamRateLimited: Counter<'source' | 'endpoint'>;
  readonly cache: Counter<'source' | 'outcome'>;
  readonly keptAnswers: Counter<'outcome'>;
  readonly repeatedAnswers: Counter;
  readonly watchRuns: Counter<'watch' | 'outcome'>;
  readonly webhookAttempts: Counter<'watch' | 'outcome'>;
  readonly webhookDeadLetters: Counter<'watch'>;
  readonly reloadSuccessful: Gauge;
  readonly reloadedAt: Gauge;
}

const SECONDS = [0.005, 0.02, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** @param replicas null when there are none; then their metrics are left out */
export const createMetrics = (
  sources: () => SourceSet,
  replicas: Pick<Replicas, 'status'> | null,
  answers: () => Pick<KeptAnswers, 'size'>,
): Metrics => {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  observeBudgets(registry, sources);
  if (replicas) observeReplicas(registry, replicas);
  observe(registry, 'inventory_kept_answers', 'Finished answers that are kept.', () => answers().size.answers);
  observe(registry, 'inventory_kept_answers_bytes', 'Memory they take, by estimate.', () => answers().size.bytes);
  const registers = [registry];
  return {
    registry,
    operations: new Counter({
      name: 'inventory_operations_total',
      help: 'GraphQL operations.',
      labelNames: ['type', 'outcome'],
      registers,
    }),
    operationSeconds: new Histogram({
      name: 'inventory_operation_seconds',
      help: 'Time to answer an operation.',
      labelNames: ['type'],
      buckets: SECONDS,
      registers,
    }),
    errors: new Counter({
      name: 'inventory_errors_total',
      help: 'Errors in answers, by code.',
      labelNames: ['code'],
      registers,
    }),
    upstreamCalls: new Counter({
      name: 'inventory_upstream_requests_total',
      help: 'Requests sent upstream; outcome is a status or a failure.',
      labelNames: ['source', 'endpoint', 'outcome'],
      registers,
    }),
    upstreamSeconds: new Histogram({
      name: 'inventory_upstream_seconds',
      help: 'Time an upstream took to answer.',
      labelNames: ['source', 'endpoint'],
      buckets: SECONDS,
      registers,
    }),
    upstreamRateLimited: new Counter({
      name: 'inventory_upstream_rate_limited_total',
      help: 'Requests an upstream answered with 429.',
      labelNames: ['source', 'endpoint'],
      registers,
    }),
    cache: new Counter({
      name: 'inventory_cache_total',
      help: 'Answers looked up in the cache.',
      labelNames: ['source', 'outcome'],
      registers,
    }),
    keptAnswers: new Counter({
      name: 'inventory_kept_answers_total',
      help: 'Queries: hit, answered by a kept answer; join, by an equal one under way; miss, by executing them.',
      labelNames: ['outcome'],
      registers,
    }),
    repeatedAnswers: new Counter({
      name: 'inventory_repeated_answers_total',
      help: 'Kept answers that answering threads have sent by themselves; they are among the hits, too.',
      registers,
    }),
    watchRuns: new Counter({
      name: 'inventory_watch_runs_total',
      help: 'Times a watched question was asked: fired, quiet or failed.',
      labelNames: ['watch', 'outcome'],
      registers,
    }),
    webhookAttempts: new Counter({
      name: 'inventory_webhook_attempts_total',
      help: 'Attempts to deliver an event of a watch: delivered or failed.',
      labelNames: ['watch', 'outcome'],
      registers,
    }),
    webhookDeadLetters: new Counter({
      name: 'inventory_webhook_dead_letters_total',
      help: 'Events of a watch that no attempt delivered, and that are not tried again.',
      labelNames: ['watch'],
      registers,
    }),
    reloadSuccessful: new Gauge({
      name: 'inventory_config_last_reload_successful',
      help: '1 while the configuration is as it was last read, 0 while what was read last cannot be used.',
      registers,
    }),
    reloadedAt: new Gauge({
      name: 'inventory_config_last_reload_success_timestamp_seconds',
      help: 'When the configuration was last taken, in seconds since 1970.',
      registers,
    }),
  };
};

const observeBudgets = (registry: Registry, sources: () => SourceSet): void => {
  const gauge = (name: string, help: string, read: (source: SourceSet['all'][number]) => number) =>
    new Gauge({
      name,
      help,
      labelNames: ['source'],
      registers: [registry],
      collect() {
        this.reset();
        for (const source of sources().all) this.set({ source: source.name }, read(source));
      },
    });
  gauge(
    'inventory_budget_remaining',
    'Requests that could be sent right now.',
    (source) => source.client.status().budget.remaining,
  );
  gauge('inventory_budget_queued', 'Calls waiting for budget.', (source) => source.client.status().budget.queued);
  gauge(
    'inventory_index_coverage',
    'Share of the source that the index has read, 0 to 1.',
    (source) => source.index?.status().coverage ?? 0,
  );
  gauge('inventory_source_up', '1 while the source answers (OK or DEGRADED), else 0.', (source) =>
    ['OK', 'DEGRADED'].includes(source.client.status().health) ? 1 : 0,
  );
};

const observe = (registry: Registry, name: string, help: string, read: () => number): Gauge =>
  new Gauge({
    name,
    help,
    registers: [registry],
    collect() {
      this.set(read());
    },
  });

const observeReplicas = (registry: Registry, replicas: Pick<Replicas, 'status'>): void => {
  observe(
    registry,
    'inventory_replicas_live',
    'Gateways that share one Redis, as last seen, this one included.',
    () => replicas.status().live,
  );
  observe(
    registry,
    'inventory_replicas_alone',
    '1 while Redis is away and this gateway spends its part of every budget, else 0.',
    () => Number(replicas.status().mode === 'alone'),
  );
};
