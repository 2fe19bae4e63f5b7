import type { Attributes, Context, Span, Tracer } from '@opentelemetry/api';
import type { GatewayConfig } from '#config/config.ts';

/** Makes the first span of an operation, and sends what has ended. */
export interface Tracing {
  readonly tracer: Tracer;
  /** @param traceparent As the caller sent it (W3C Trace Context); the trace then goes on in ours. */
  start(name: string, attributes: Attributes, traceparent: string | null): { span: Span; context: Context };
  /** Sends what is left. */
  close(): Promise<void>;
}

export type TracingOptions = GatewayConfig['tracing'];
