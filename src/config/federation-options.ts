import { z } from 'zod';

export const federationOptions = z
  .strictObject({
    nodeFields: z.boolean().default(true).describe('False leaves `node` and `nodes` to another subgraph.'),
  })
  .prefault({});
