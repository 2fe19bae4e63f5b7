import type {
  NetworkWorld,
  WorldAddress,
  WorldBinding,
  WorldHost,
  WorldInterface,
  WorldPort,
  WorldService,
} from '../world/network-world.ts';

export interface ChildRow<T> {
  readonly host: WorldHost;
  readonly item: T;
}

export interface AddressRow extends ChildRow<WorldAddress> {
  readonly position: number;
}

export interface BindingRow extends ChildRow<WorldBinding> {
  readonly service: WorldService;
}

/** The world as flat rows, laid out once: a list request only filters, orders and cuts. */
export interface Catalogue {
  readonly world: NetworkWorld;
  readonly addresses: readonly AddressRow[];
  readonly interfaces: readonly ChildRow<WorldInterface>[];
  readonly ports: readonly ChildRow<WorldPort>[];
  readonly services: readonly ChildRow<WorldService>[];
  readonly bindings: readonly BindingRow[];
  readonly serviceName: ReadonlyMap<string, string>;
}

export function createCatalogue(world: NetworkWorld): Catalogue {
  const childrenOf = <T>(pick: (host: WorldHost) => readonly T[]) =>
    world.hosts.flatMap((host) => pick(host).map((item, position) => ({ host, item, position })));
  const services = childrenOf((host) => host.services);
  return {
    world,
    addresses: childrenOf((host) => host.addresses),
    interfaces: childrenOf((host) => host.interfaces),
    ports: childrenOf((host) => host.ports),
    services,
    bindings: services.flatMap(({ host, item }) =>
      item.bindings.map((binding) => ({ host, service: item, item: binding })),
    ),
    serviceName: new Map(services.map(({ item }) => [item.id, item.name])),
  };
}
