import type { ServiceModel, VirtualizationModel } from '#entities/service/model.ts';
import type { RecordRef } from '#lib/record-ref.ts';
import { firstFilled } from '#lib/text.ts';

/** One machine seen on a network, with everything the upstream embeds in it. */
export interface HostModel extends RecordRef<'Host'> {
  readonly networkId: string;
  /** May be empty, a product name or an address: see {@link hostDisplayName}. */
  readonly name: string;
  readonly upstreamDisplayName: string | null;
  readonly hostname: string | null;
  readonly sysName: string | null;
  readonly description: string | null;
  readonly hidden: boolean;
  readonly manufacturer: string | null;
  readonly model: string | null;
  readonly serialNumber: string | null;
  /** An open vocabulary. */
  readonly osFamily: string | null;
  readonly virtualization: VirtualizationModel | null;
  readonly lastSeenAt: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
  /** Ids of tags; may dangle. */
  readonly tagIds: readonly string[];
  readonly addresses: readonly HostAddressModel[];
  readonly interfaces: readonly NetworkInterfaceModel[];
  readonly ports: readonly PortModel[];
  readonly services: readonly ServiceModel[];
}

export interface HostAddressModel {
  readonly id: string;
  readonly subnetId: string;
  /** IPv4 or IPv6 without prefix length. */
  readonly address: string;
  readonly macAddress: string | null;
  readonly name: string | null;
}

/** An ifTable row (SNMP). */
export interface NetworkInterfaceModel {
  readonly id: string;
  readonly index: number | null;
  readonly name: string | null;
  readonly description: string | null;
  readonly alias: string | null;
  /** IANAifType number. */
  readonly ifType: number | null;
  readonly adminStatus: string | null;
  readonly operStatus: string | null;
  /** Bits per second; exceeds 32 bits. */
  readonly speedBps: number | null;
  readonly macAddress: string | null;
  readonly addressId: string | null;
  /** The port or machine on the other end of the link, where the server says so on the row. */
  readonly neighbor: { readonly kind: 'INTERFACE' | 'HOST'; readonly id: string } | null;
}

export interface PortModel {
  readonly id: string;
  readonly number: number;
  readonly protocol: string;
  readonly portType: string | null;
}

/** As people write it: `443/tcp`. */
export const portName = ({ number, protocol }: PortModel): string => `${number}/${protocol.toLowerCase()}`;

/** A title a person recognises, never blank: the server's own, else name, host name, SNMP name, first address, id. */
export const hostDisplayName = (host: HostModel): string =>
  firstFilled(host.upstreamDisplayName, host.name, host.hostname, host.sysName, host.addresses[0]?.address) ?? host.id;

/** What makes a difference to people between two readings. Times of sight move with every scan, and mean nothing by themselves. */
export const HOST_FACTS = {
  title: hostDisplayName,
  facts: ({ name, hostname, hidden, addresses, services }: HostModel) => ({
    name,
    hostname,
    hidden: String(hidden),
    addresses: addresses
      .map(({ address }) => address)
      .sort()
      .join(', '),
    services: services
      .map(({ definition }) => definition)
      .sort()
      .join(', '),
  }),
};
