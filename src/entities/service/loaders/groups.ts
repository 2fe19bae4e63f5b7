import { groupsOf } from '#entities/group/loaders/groups-of.ts';
import type { Dimension, GroupOrderModel, GroupsModel } from '#entities/group/model.ts';
import { type HostsOfSource, hostDimension, hostsByRowId } from '#entities/host/loaders/every-host.ts';
import { portName } from '#entities/host/model.ts';
import { networkDimension } from '#entities/network/loaders.ts';
import type { RequestContext } from '#loading/context.ts';
import { type FieldLocation, reportShortfall } from '#loading/report-problem.ts';
import { rowsToCount } from '#loading/rows-to-count.ts';
import { servicesToCount } from '#loading/snapshot-to-count.ts';
import type { NetworkSource } from '#sources/source-set.ts';
import type { ServiceModel } from '../model.ts';
import { type ServiceFilterModel, servicePages, wantedServices } from './lists.ts';

export type ServiceDimension = 'DEFINITION' | 'NETWORK' | 'HOST' | 'PORT';

export interface ServiceGroupArgs {
  readonly by: readonly ServiceDimension[];
  readonly filter?: ServiceFilterModel | null | undefined;
  readonly orderBy?: GroupOrderModel | null | undefined;
  readonly first: number;
}

type Dimensions = Readonly<Record<ServiceDimension, Omit<Dimension<ServiceModel>, 'name'>>>;

/** Ports have their numbers on the host only. */
const portsOf =
  (hosts: ReadonlyMap<string, HostsOfSource>) =>
  ({ source, hostId, bindings }: ServiceModel): readonly string[] => {
    const ports = hosts.get(source)?.rows.get(hostId)?.ports ?? [];
    return ports.filter(({ id }) => bindings.some(({ portId }) => portId === id)).map(portName);
  };

const dimensionsOf = (context: RequestContext, hosts: ReadonlyMap<string, HostsOfSource>): Dimensions => ({
  DEFINITION: { none: 'unknown', valuesOf: ({ definition }) => [definition] },
  NETWORK: networkDimension(context),
  HOST: hostDimension(context),
  PORT: { none: 'no known port', valuesOf: portsOf(hosts) },
});

/** @throws InputError for an unknown source, an id of another type, or dimensions that cannot be counted by */
export const serviceGroups = async (
  context: RequestContext,
  place: FieldLocation,
  { by, filter, orderBy, first }: ServiceGroupArgs,
): Promise<GroupsModel> => {
  const { sources, query } = wantedServices(context, filter);
  const hosts = new Map<string, HostsOfSource>();
  const dimensions = dimensionsOf(context, hosts);
  const read = async (source: NetworkSource) => {
    const held = servicesToCount(context, source);
    const rows = await rowsToCount(context, servicePages(context), source.name, query, held);
    if (!by.includes('PORT')) return rows;
    const known = await hostsByRowId(context, source);
    hosts.set(source.name, known);
    reportShortfall(context, place, source.name, known);
    return { ...rows, isCertain: known.invalid + known.missing === 0 };
  };
  return groupsOf(context, place, {
    sources,
    read,
    by: by.map((name) => ({ name, ...dimensions[name] })),
    orderBy,
    first,
  });
};
