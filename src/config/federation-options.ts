import { z } from 'zod';

/** How the graph shows itself to a federated supergraph; off, the plain schema is served. */
export const federationOptions = z
  .strictObject({
    enabled: z.boolean().default(false).describe('Serves `_entities` and `_service`, for routers and composers.'),
    nodeFields: z.boolean().default(true).describe('False leaves `node` and `nodes` to another subgraph.'),
    typePrefix: z
      .string()
      .regex(/^([A-Z][A-Za-z0-9]*)?$/, 'expected a prefix such as "Inventory": letters and digits, a capital first')
      .default('')
      .describe('Put before the names of types that other subgraphs could also want (`Service`, `Network`, …).'),
  })
  .prefault({});
