import type { GatewayConfig } from '#config/config.ts';
import type { Span } from '#lib/trace.ts';

/** Makes the first span of an operation, and sends what has ended. */
export interface Tracing {
  /** @param traceparent As the caller sent it (W3C Trace Context); the trace then goes on in ours. */
  start(name: string, attributes: Readonly<Record<string, string>>, traceparent: string | null): Span;
  /** Sends what is left. */
  close(): Promise<void>;
}

/** Null when no endpoint is configured; then nothing of OpenTelemetry is loaded. */
export const createTracing = async ({ endpoint, ...options }: GatewayConfig['tracing']): Promise<Tracing | null> => {
  if (endpoint === undefined) return null;
  const { openTelemetry } = await import('./open-telemetry.ts');
  return openTelemetry({ ...options, endpoint });
};
