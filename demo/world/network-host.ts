import type { NetworkBuilder } from './network-builder.ts';
import type {
  WorldBinding,
  WorldHost,
  WorldInterface,
  WorldNetwork,
  WorldPort,
  WorldService,
  WorldSubnet,
  WorldVirtualization,
} from './network-world.ts';
import { DAY, HOUR, MINUTE } from './time.ts';

interface AddressSpec {
  readonly subnet: WorldSubnet;
  readonly address: string;
  /** @default true */
  readonly mac?: boolean;
  readonly name?: string;
}

export interface ServiceSpec {
  readonly name: string;
  /** @default the name */
  readonly definition?: string;
  /** Number, and the product's word for it. */
  readonly port?: readonly [number, string];
  readonly protocol?: 'Tcp' | 'Udp';
  /** Listens on every address instead of the first. */
  readonly everywhere?: boolean;
  readonly tagIds?: readonly string[];
  readonly virtualization?: WorldVirtualization;
}

export type HostSpec = Partial<Omit<WorldHost, 'addresses' | 'services' | 'ports' | 'networkId'>> & {
  readonly addresses: readonly AddressSpec[];
  readonly services?: readonly ServiceSpec[];
};

/** A host with its children; what the specification leaves out is empty, or some plausible moment. */
export function hostOf(builder: NetworkBuilder, network: WorldNetwork, spec: HostSpec): WorldHost {
  const { random, now } = builder;
  const addresses = spec.addresses.map(({ subnet, address, mac = true, name }) => ({
    id: random.uuid(),
    subnetId: subnet.id,
    address,
    macAddress: mac ? builder.mac() : null,
    name: name ?? null,
  }));
  const ports: WorldPort[] = [];
  const services = (spec.services ?? []).map((service, position) =>
    serviceOf(builder, service, position, ports, addresses[0]?.id ?? null),
  );
  const createdAt = now - random.int(10, 280) * DAY + random.int(0, 86_000) * 1000;
  return {
    id: random.uuid(),
    networkId: network.id,
    name: '',
    hostname: null,
    sysName: null,
    description: null,
    hidden: false,
    manufacturer: null,
    model: null,
    serialNumber: null,
    osFamily: null,
    lastSeenAt: builder.instant(now - random.int(5, 180) * MINUTE),
    createdAt: builder.instant(createdAt),
    updatedAt: builder.instant(now - random.int(4, 240) * HOUR),
    tagIds: [],
    interfaces: [] as readonly WorldInterface[],
    virtualization: null,
    ...spec,
    addresses,
    ports,
    services,
  };
}

function serviceOf(
  { random }: NetworkBuilder,
  spec: ServiceSpec,
  position: number,
  ports: WorldPort[],
  addressId: string | null,
): WorldService {
  const binding: WorldBinding = { id: random.uuid(), portId: null, addressId };
  const service = {
    id: random.uuid(),
    name: spec.name,
    definition: spec.definition ?? spec.name,
    position,
    tagIds: spec.tagIds ?? [],
    bindings: [binding],
    virtualization: spec.virtualization ?? null,
  };
  if (spec.port === undefined) return service;
  const [number, type] = spec.port;
  const protocol = spec.protocol ?? 'Tcp';
  const known = ports.find((port) => port.number === number && port.protocol === protocol);
  const port = known ?? { id: random.uuid(), number, protocol, type };
  if (known === undefined) ports.push(port);
  return { ...service, bindings: [{ ...binding, portId: port.id, addressId: spec.everywhere ? null : addressId }] };
}
