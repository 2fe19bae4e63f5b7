import { z } from 'zod';

/** OpenTelemetry traces; none without an endpoint. */
export const tracingOptions = z
  .strictObject({
    endpoint: z
      .url({ protocol: /^https?$/ })
      .optional()
      .describe('Base URL of an OTLP/HTTP collector; traces go to /v1/traces below it.'),
    serviceName: z.string().min(1).default('inventory-gateway'),
    sampleRatio: z.number().min(0).max(1).default(1).describe('Share of operations traced, unless the caller decided.'),
  })
  .prefault({});
