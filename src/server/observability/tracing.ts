import type { Attributes, Context, Span, Tracer } from '@opentelemetry/api';
import type { GatewayConfig } from '#config/config.ts';

/** Starts the root span of an operation, and exports spans that have ended. */
export interface Tracing {
  readonly tracer: Tracer;
  /** @param traceparent As the caller sent it (W3C Trace Context); the trace then goes on in ours. */
  start(name: string, attributes: Attributes, traceparent: string | null): { span: Span; context: Context };
  /** Exports what is left. */
  close(): Promise<void>;
}

export type TracingOptions = GatewayConfig['tracing'];
