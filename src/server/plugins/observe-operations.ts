import type { IncomingHttpHeaders } from 'node:http';
import { getOperationAST } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { withSpan } from '#lib/trace.ts';
import type { Metrics } from '../observability/metrics.ts';
import type { Tracing, TracingOptions } from '../observability/open-telemetry.ts';
import type { AskedRequest } from '../operation-context.ts';

/** Null when no endpoint is configured; then nothing of the OpenTelemetry SDK is loaded. */
export const createTracing = async ({ endpoint, ...options }: TracingOptions): Promise<Tracing | null> => {
  if (endpoint === undefined) return null;
  const { openTelemetry } = await import('../observability/open-telemetry.ts');
  return openTelemetry({ ...options, endpoint });
};

interface TracedRequest {
  readonly request: AskedRequest;
  readonly requestId: string;
}

/** Creates one span for each operation; the spans of loaders and upstream requests are its children. Does nothing without tracing. */
export const useTracing = (tracing: Tracing | null): Plugin => ({
  onExecute: ({ args, executeFn, setExecuteFn }) => {
    if (!tracing) return;
    const operation = getOperationAST(args.document, args.operationName);
    const { request, requestId } = args.contextValue as unknown as TracedRequest;
    const type = operation?.operation ?? 'unknown';
    const name = operation?.name?.value ?? 'anonymous';
    setExecuteFn((executeArgs: unknown) => {
      const attributes = { 'graphql.operation.type': type, 'graphql.operation.name': name, 'request.id': requestId };
      const started = tracing.start(`${type} ${name}`, attributes, request.headers.get('traceparent'));
      return withSpan({ ...started, tracer: tracing.tracer }, () => executeFn(executeArgs as typeof args));
    });
  },
});

/** Called for each operation that a kept answer has answered. */
export type ReplayObserver = (
  operation: { readonly type: string; readonly name: string },
  request: { readonly headers: IncomingHttpHeaders; readonly requestId: string; readonly seconds: number },
) => void;

/** The same counters and spans for operations that are answered without being executed. */
export const replayObserver = (metrics: Metrics, tracing: Tracing | null): ReplayObserver => {
  const hits = metrics.keptAnswers.labels('hit');
  const answered = metrics.operations.labels('query', 'ok');
  const duration = metrics.operationSeconds.labels('query');
  return ({ type, name }, { headers: { traceparent }, requestId, seconds }) => {
    hits.inc();
    answered.inc();
    duration.observe(seconds);
    if (!tracing) return;
    const attributes = { 'graphql.operation.type': type, 'graphql.operation.name': name, 'request.id': requestId };
    const { span } = tracing.start(`${type} ${name}`, attributes, typeof traceparent === 'string' ? traceparent : null);
    span.addEvent('kept answer');
    span.end();
  };
};

/** The counters for operations that an answering thread has answered. */
export const repeatObserver = (metrics: Metrics): ((seconds: number) => void) => {
  const observe = replayObserver(metrics, null);
  return (seconds) => {
    metrics.repeatedAnswers.inc();
    observe({ type: 'query', name: '' }, { headers: {}, requestId: '', seconds });
  };
};

/** Counts and times executed operations. */
export const useOperationMetrics = (metrics: Metrics): Plugin => ({
  onExecute: ({ args }) => {
    const type = getOperationAST(args.document, args.operationName)?.operation ?? 'unknown';
    const stop = metrics.operationSeconds.startTimer({ type });
    return {
      onExecuteDone: ({ result }) => {
        stop();
        const failed = 'errors' in result && Boolean(result.errors?.length);
        metrics.operations.inc({ type, outcome: failed ? 'errors' : 'ok' });
      },
    };
  },
});
