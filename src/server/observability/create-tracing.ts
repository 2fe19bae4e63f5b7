import type { Tracing, TracingOptions } from './tracing.ts';

/** Null when no endpoint is configured; then nothing of the OpenTelemetry SDK is loaded. */
export const createTracing = async ({ endpoint, ...options }: TracingOptions): Promise<Tracing | null> => {
  if (endpoint === undefined) return null;
  const { openTelemetry } = await import('./open-telemetry.ts');
  return openTelemetry({ ...options, endpoint });
};
