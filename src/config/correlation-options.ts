import { z } from 'zod';

const text = z.string().min(1);
const pair = z.strictObject({
  host: text.describe('The host’s own id at its source.'),
  resource: text.describe('The resource’s own id at its source, its ARN, or its AWS id.'),
});

/** What only an operator knows about which host is which cloud resource. */
export const correlationOptions = z
  .strictObject({
    links: z.array(pair).default([]).describe('These are the same; wins over every rule.'),
    denials: z.array(pair).default([]).describe('These are not the same; wins over every rule.'),
    hostIdTag: text.default('scanopy:host-id').describe('AWS tag whose value is the id of the resource’s host.'),
    notHostIdTag: text.default('scanopy:not-host-id').describe('AWS tag naming a host that the resource is not.'),
    addressTags: z.array(text).default(['private-ip']).describe('AWS tags that hold the machine’s private address.'),
    vpcsOfNetwork: z
      .record(text, z.array(z.string().regex(/^vpc-[0-9a-f]{8,17}$/, 'expected an id such as vpc-0123456789abcdef0')))
      .default({})
      .describe('Which VPCs a network sees, by the network’s own id. Others learn theirs from sure links.'),
    genericNames: z.array(text).default([]).describe('Names that identify nothing, beside the built-in ones.'),
  })
  .prefault({});
