import { z } from 'zod';
import { secret } from './secret-text.ts';

/** `/metrics`, and which source is how in `/readyz`: pages for whoever runs the gateway, since they name every source. */
export const operatorOptions = z
  .strictObject({
    open: z
      .boolean()
      .optional()
      .describe('Shows them to whoever asks. Default: only without tenants, and without a port or token of their own.'),
    port: z.int().min(0).max(65_535).optional().describe('A port of their own; the main port then has none of them.'),
    host: z.string().min(1).optional().describe('Address for that port; default: that of the main port.'),
    token: secret.optional().describe('Callers must send it: `Authorization: Bearer …`.'),
  })
  .superRefine(({ open, token }, context) => {
    if (open && token) context.addIssue({ code: 'custom', path: ['open'], message: 'expected no token, got one' });
  })
  .prefault({});
