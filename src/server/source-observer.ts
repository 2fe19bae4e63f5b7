import type { SourceDeps } from '#sources/open-source.ts';
import type { TransportEvent } from '#upstreams/transport/transport-event.ts';
import type { Logger } from './logger.ts';
import type { Metrics } from './metrics.ts';

/** Turns what happens below into metrics and log lines. */
export const sourceObserver = (logger: Logger, metrics: Metrics): SourceDeps => ({
  onEvent: (event) => {
    count(metrics, event);
    logger.debug(event, 'upstream');
  },
  onIndexFailure: (err) => logger.warn({ err }, 'An index could not read its source; it tries again'),
  onInvalidRows: (report) => logger.warn(report, 'Rows of an upstream answer could not be read and were left out'),
});

const count = (metrics: Metrics, event: TransportEvent): void => {
  const { source, endpoint } = event;
  if (event.kind === 'cache') {
    metrics.cache.inc({ source, outcome: event.outcome });
    return;
  }
  metrics.upstreamCalls.inc({ source, endpoint, outcome: String(event.status ?? event.outcome) });
  metrics.upstreamSeconds.observe({ source, endpoint }, event.ms / 1000);
  if (event.status === 429) metrics.upstreamRateLimited.inc({ source, endpoint });
};
