import type { VirtualizationModel } from '#entities/service/model.ts';
import { builder } from '#graphql/builder.ts';
import { orderInput } from '#graphql/fields.ts';
import { DateTimeRange } from '#graphql/ranges.ts';
import { connectionType } from '#graphql/relay/connection.ts';
import { SOURCE_SIDES } from '#lib/source-side.ts';
import type { HostAddressModel, HostModel, NetworkInterfaceModel, PortModel } from './model.ts';

/** Something a host embeds, with the host: it has an id, and no life of its own. */
export interface OfHost<T> {
  readonly host: HostModel;
  readonly row: T;
}

export const Host = builder.objectRef<HostModel>('Host');
export const HostAddress = builder.objectRef<OfHost<HostAddressModel>>('HostAddress');
export const NetworkInterface = builder.objectRef<OfHost<NetworkInterfaceModel>>('NetworkInterface');
export const Port = builder.objectRef<OfHost<PortModel>>('Port');
export const Virtualization = builder.objectRef<VirtualizationModel & { readonly source: string }>('Virtualization');
export const HostConnection = connectionType('Host', Host);

export const HostFilter = builder.inputType('HostFilter', {
  description: 'Which hosts are wanted; all conditions must hold. Every Scanopy version gives the same answer.',
  fields: (t) => ({
    source: t.string({ description: 'Only of the source with this name.' }),
    network: t.id({ description: 'Only of the network with this global id.' }),
    tag: t.id({ description: 'Only with the tag of this global id.' }),
    hidden: t.boolean({
      description:
        'Only hidden (true) or only visible (false) hosts; both when left out. Before Scanopy 0.17.21 this reads all hosts in question.',
    }),
    search: t.string({
      description:
        'Part of a name, host name, SNMP name, description, address or service name; case is ignored. Before Scanopy 0.17.21 this reads all hosts in question.',
    }),
    address: t.string({
      description: 'One whole IPv4 or IPv6 address of the host. Reads all hosts in question.',
    }),
    macAddress: t.string({
      description:
        'A MAC address of the host or of one of its interfaces, in any usual spelling. Reads all hosts in question.',
    }),
    subnet: t.id({
      description: 'Only with an address in the subnet of this global id. Reads all hosts in question.',
    }),
    openPort: t.stringList({
      description:
        'Only with any of these ports open, as `443/tcp`, or as `443` for any protocol. Reads all hosts in question.',
    }),
    serviceDefinition: t.stringList({
      description:
        'Only with a service of any of these definitions, e.g. `PostgreSQL`; exact. Reads all hosts in question.',
    }),
    manufacturer: t.stringList({
      description: 'Only of any of these manufacturers; exact. Reads all hosts in question.',
    }),
    osFamily: t.stringList({
      description:
        'Only with any of these operating systems, as `osFamily` names them; exact. Reads all hosts in question.',
    }),
    lastSeen: t.field({
      type: DateTimeRange,
      description:
        'Only last seen within this range; none where the server does not say (before late 0.17). Reads all hosts in question.',
    }),
    linked: t.boolean({
      description:
        'Only linked with a cloud resource (true), or with none (false), as the index knows: an error while it has not read one of the two sides. Reads all hosts in question.',
      extensions: { sides: SOURCE_SIDES },
    }),
  }),
});

const HostOrderField = builder.enumType('HostOrderField', {
  description: 'What hosts can be ordered by.',
  values: {
    NAME: { description: 'The field `name`. Reads all hosts in question.' },
    HOSTNAME: { description: 'The field `hostname`, unknown ones last when ascending. Reads all hosts in question.' },
    CREATED_AT: { description: 'When Scanopy first recorded them.' },
    UPDATED_AT: { description: 'When their record last changed.' },
    LAST_SEEN: {
      description: 'The field `lastSeenAt`, unknown ones last either way. Reads all hosts in question.',
    },
  } as const,
});

export const HostOrder = orderInput(
  'HostOrder',
  'Order of hosts within each source; sources follow each other.',
  HostOrderField,
);
