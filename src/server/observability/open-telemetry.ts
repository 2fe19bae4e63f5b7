import {
  type Attributes,
  type Context,
  ROOT_CONTEXT,
  type Span,
  TraceFlags,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  NodeTracerProvider,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
} from '@opentelemetry/sdk-trace-node';
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

interface OpenTelemetryOptions {
  readonly endpoint: string;
  readonly serviceName: string;
  readonly sampleRatio: number;
}

/** Sends spans in batches. Registers nothing globally: other gateways in the same process are not affected. */
export const openTelemetry = ({ endpoint, serviceName, sampleRatio }: OpenTelemetryOptions): Tracing => {
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/+$/, '')}/v1/traces`, timeoutMillis: 5_000 });
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({ 'service.name': serviceName }),
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(sampleRatio) }),
    spanProcessors: [new BatchSpanProcessor(exporter, { scheduledDelayMillis: 1_000 })],
  });
  const tracer = provider.getTracer('inventory-gateway');
  return {
    tracer,
    start: (name, attributes, traceparent) => {
      const context = remoteContext(traceparent);
      return { context, span: tracer.startSpan(name, { attributes }, context) };
    },
    close: () => provider.shutdown().catch(() => {}),
  };
};

const TRACEPARENT = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})$/;

const remoteContext = (traceparent: string | null): Context => {
  const [, traceId, spanId, flags] = TRACEPARENT.exec(traceparent ?? '') ?? [];
  if (!traceId || !spanId || !flags) return ROOT_CONTEXT;
  const traceFlags = Number.parseInt(flags, 16) & TraceFlags.SAMPLED;
  return trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags, isRemote: true });
};
