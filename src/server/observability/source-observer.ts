import { SpanStatusCode } from '@opentelemetry/api';
import { activeSpan, startChildSpan } from '#lib/trace.ts';
import type { SourceDeps } from '#sources/keyed-source.ts';
import type { TransportEvent } from '#sources/transport/transport-options.ts';
import type { Logger } from './logger.ts';
import type { Metrics } from './metrics.ts';

/** Turns events of sources into metrics, log lines and spans. */
export const sourceObserver = (logger: Logger, metrics: Metrics): SourceDeps => ({
  onEvent: (event) => {
    count(metrics, event);
    trace(event);
    logger.debug(event, 'upstream');
  },
  onIndexFailure: (err) => logger.warn({ err }, 'An index could not read its source; it tries again'),
  onDerivationFailure: (err) =>
    logger.error({ err }, 'The thread that derives links and relations ended; another is opened'),
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

/** A request becomes a span of the operation that caused it; an answer without one, an event. */
const trace = (event: TransportEvent): void => {
  const { source, endpoint } = event;
  if (event.kind === 'cache') {
    if (event.outcome !== 'miss') activeSpan()?.addEvent(`cache ${event.outcome}`, { source, endpoint });
    return;
  }
  const { outcome, status, retry, bytes, ms } = event;
  const attributes = { source, endpoint, outcome, status: status ?? 0, retry, bytes };
  const span = startChildSpan(`GET ${endpoint}`, attributes, Date.now() - ms);
  if (outcome !== 'OK') span?.setStatus({ code: SpanStatusCode.ERROR, message: outcome });
  span?.end();
};
