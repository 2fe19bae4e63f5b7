import { builder } from '#graphql/builder.ts';
import type { LookupHitModel } from './model.ts';

export const LookupHit = builder.objectRef<LookupHitModel>('LookupHit');

export const IdentifierKind = builder.enumType('IdentifierKind', {
  description: 'How a searched term was read.',
  values: {
    ID: { description: "An upstream's own id (UUID)." },
    IP_ADDRESS: { description: 'An IPv4 or IPv6 address, or a host name that spells one (`ip-10-0-1-23`).' },
    MAC_ADDRESS: { description: 'A MAC address, in any usual spelling.' },
    ARN: { description: 'An Amazon Resource Name.' },
    RESOURCE_ID: {
      description: 'A provider id or name, e.g. `vol-…`, a database identifier, a bucket, an account number.',
    },
    INSTANCE_ID: { description: 'An EC2 instance id, also inside a host name.' },
    HOSTNAME: { description: 'A full host name.' },
    DOMAIN: { description: 'A domain name, also one that a certificate covers by a wildcard.' },
    NAME: { description: 'A short name: `Name` tag, host, service, function. Not unique.' },
    CIDR: { description: 'An address range.' },
  } as const,
});
