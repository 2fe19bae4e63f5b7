import { z } from 'zod';
import { SOURCE_NAME } from './source-options.ts';

const sourceName = z.string().regex(SOURCE_NAME, 'expected the name of a source');
const text = z.string().min(1);

const cloudSide = z.strictObject({
  source: sourceName,
  resource: text.describe('The resource’s UUID, ARN or AWS id.'),
});
const networkSide = z.strictObject({ source: sourceName, host: text.describe('The host’s UUID.') });

/** What a machine cannot know about which host is which cloud resource. */
export const correlationOptions = z
  .strictObject({
    networks: z
      .array(
        z.strictObject({
          source: sourceName,
          network: text.describe('The network’s UUID or name.'),
          cloudSource: sourceName,
          account: text.optional().describe('AWS account id.'),
          vpcs: z.array(text.regex(/^vpc-[0-9a-f]+$/, 'expected an id such as vpc-0123456789abcdef0')).default([]),
        }),
      )
      .default([]),
    links: z.array(z.strictObject({ cloud: cloudSide, network: networkSide, note: text.optional() })).default([]),
    denials: z.array(z.strictObject({ cloud: cloudSide, network: networkSide, note: text.optional() })).default([]),
    tagKeys: z.array(text).default(['scanopy:host-id', 'inventory:host-id']),
  })
  .prefault({});
