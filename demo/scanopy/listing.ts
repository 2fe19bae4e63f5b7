import type {
  NetworkWorld,
  WorldAddress,
  WorldBinding,
  WorldHost,
  WorldInterface,
  WorldPort,
  WorldService,
} from '../world/network-world.ts';
import type { OrderFields } from './ordering.ts';
import type { Parameter } from './query.ts';
import type { WireObject } from './wire-provenance.ts';
import type { WireVersion } from './wire-version.ts';

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

/** What a request sees: the server's version at this instant, the rows, and the finished runs of live sessions. */
export interface ListingContext {
  readonly wire: WireVersion;
  readonly catalogue: Catalogue;
  /** Rows with equal keys come in another order for every combination of parameters, as from a database without tie-breaker. */
  readonly hasTies: boolean;
}

/** One kind of thing the server lists: where, which rows, what filters, what orders, and how a row looks. */
export interface Listing<Row> {
  /** Below `/api/v1/`. Null: this version does not have it. */
  path(wire: WireVersion): string | null;
  /** The display name that errors carry. */
  entity(wire: WireVersion): string;
  rows(context: ListingContext): readonly Row[];
  id(row: Row): string;
  /** Null: belongs to the organization, visible with any network. */
  networkId(row: Row): string | null;
  createdAt(row: Row): string;
  /** @default created_at ASC */
  newestFirst?(wire: WireVersion): boolean;
  parameters(context: ListingContext): readonly Parameter<Row>[];
  orders(wire: WireVersion): OrderFields<Row>;
  render(row: Row, context: ListingContext, query: URLSearchParams): WireObject;
}

/** Keeps the row type inside: the server handles every listing alike. */
export interface AnyListing {
  readonly use: <Result>(run: <Row>(listing: Listing<Row>) => Result) => Result;
}

export const listing = <Row>(of: Listing<Row>): AnyListing => ({ use: (run) => run(of) });
