import { serviceById } from '#entities/service/loaders/lists.ts';
import { Service } from '#entities/service/ref.ts';
import { subnets } from '#entities/subnet/loaders.ts';
import { Subnet } from '#entities/subnet/ref.ts';
import { textOrNull } from '#graphql/fields.ts';
import { byId, fromWholeSet } from '#graphql/pricing/prices.ts';
import { reference } from '#graphql/relay/reference.ts';
import { encodeGlobalId } from '#lib/record-ref.ts';
import type { HostAddressModel } from '../model.ts';
import { HostAddress, NetworkInterface, type OfHost, Port, Virtualization } from '../ref.ts';

type Child = OfHost<{ readonly id: string }>;

/** Global in form, so that clients can cache by it; `node(id:)` does not fetch what a host embeds. */
const idOf =
  (type: string) =>
  ({ host, row }: Child): string =>
    encodeGlobalId({ type, source: host.source, id: row.id });

const ID_DESCRIPTION = 'Global id, for caching; `node` does not fetch it, because it comes with its host.';

HostAddress.implement({
  description: 'An IP address that a host has in a subnet.',
  fields: (t) => ({
    id: t.id({ description: ID_DESCRIPTION, resolve: idOf('HostAddress') }),
    address: t.string({
      description: 'IPv4 or IPv6 address, without prefix length.',
      resolve: ({ row }) => row.address,
    }),
    macAddress: t.string({
      nullable: true,
      description: 'Hardware address behind it, lower case with colons, e.g. `de:ad:be:ef:00:01`; null when unknown.',
      resolve: ({ row }) => row.macAddress,
    }),
    name: t.string({
      nullable: true,
      description: 'Name of the interface that has it, e.g. `eth0`; null when unknown.',
      resolve: ({ row }) => row.name,
    }),
    subnet: t.field(
      reference(Subnet, {
        description: 'The subnet it is in.',
        price: fromWholeSet('NETWORK', 'subnets'),
        ref: ({ host: { source }, row }: OfHost<HostAddressModel>) => ({ source, id: row.subnetId }),
        load: (context, ref) => subnets.byId(context).load(ref),
      }),
    ),
  }),
});

NetworkInterface.implement({
  description: 'A network interface of a host, as its SNMP interface table has it.',
  fields: (t) => ({
    id: t.id({ description: ID_DESCRIPTION, resolve: idOf('NetworkInterface') }),
    index: t.int({ nullable: true, description: 'ifIndex; null when unknown.', resolve: ({ row }) => row.index }),
    name: t.string({
      nullable: true,
      description: 'ifName, e.g. `Gi0/1`; null when unknown.',
      resolve: ({ row }) => row.name,
    }),
    description: t.string({
      nullable: true,
      description: 'ifDescr, e.g. `GigabitEthernet0/1`; null when unknown.',
      resolve: ({ row }) => row.description,
    }),
    alias: t.string({
      nullable: true,
      description: 'ifAlias: what an administrator wrote on it; null when unknown.',
      resolve: ({ row }) => row.alias,
    }),
    type: t.int({
      nullable: true,
      description: 'IANAifType number, e.g. 6 for Ethernet; null when unknown.',
      resolve: ({ row }) => row.ifType,
    }),
    adminStatus: t.string({
      nullable: true,
      description: 'What it should be: `Up`, `Down`, `Testing`; null when unknown.',
      resolve: ({ row }) => row.adminStatus,
    }),
    operStatus: t.string({
      nullable: true,
      description:
        'What it is: `Up`, `Down`, `Testing`, `Unknown`, `Dormant`, `NotPresent`, `LowerLayerDown`; null when unknown.',
      resolve: ({ row }) => row.operStatus,
    }),
    speedBps: t.field({
      type: 'BigInt',
      nullable: true,
      description: 'Link speed in bits per second; null when unknown.',
      resolve: ({ row }) => row.speedBps,
    }),
    macAddress: t.string({
      nullable: true,
      description: 'Hardware address, lower case with colons; null when unknown.',
      resolve: ({ row }) => row.macAddress,
    }),
    address: t.field({
      type: HostAddress,
      nullable: true,
      description: 'The address of the host on this interface; null when none is known.',
      resolve: ({ host, row }) => {
        const address = host.addresses.find(({ id }) => id === row.addressId);
        return address ? { host, row: address } : null;
      },
    }),
  }),
});

Port.implement({
  description: 'An open port of a host.',
  fields: (t) => ({
    id: t.id({ description: ID_DESCRIPTION, resolve: idOf('Port') }),
    number: t.int({ description: 'Port number, 0–65535.', resolve: ({ row }) => row.number }),
    protocol: t.string({ description: '`Tcp` or `Udp`.', resolve: ({ row }) => row.protocol }),
    type: t.string({
      nullable: true,
      description:
        'What usually listens there, e.g. `Ssh`, `Https8443`, `Custom`; an open list that grows with Scanopy.',
      resolve: ({ row }) => row.portType,
    }),
  }),
});

Virtualization.implement({
  description: 'How a virtual machine or a container is run.',
  fields: (t) => ({
    type: t.exposeString('virtualizationType', {
      description:
        'Platform, e.g. `Proxmox`, `VCenter`, `ESXi`, `Docker`, `Podman`; an open list. `Unknown` when only the service is known.',
    }),
    name: textOrNull(t, 'name', 'Name of the machine or container there; null when unknown.'),
    service: t.field({
      type: Service,
      nullable: true,
      description: 'The hypervisor or container runtime that runs it; null when unknown, or when its record is gone.',
      extensions: { price: byId('NETWORK', 'services') },
      resolve: ({ source, serviceId }, _, context) =>
        serviceId === null ? null : serviceById(context).load({ source, id: serviceId }),
    }),
  }),
});
