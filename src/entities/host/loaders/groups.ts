import { readDerived } from '#entities/correlation/loaders.ts';
import { groupsOf } from '#entities/group/loaders/groups-of.ts';
import type { Dimension, GroupOrderModel, GroupsModel } from '#entities/group/model.ts';
import { networkDimension } from '#entities/network/loaders.ts';
import { subnetDimension } from '#entities/subnet/loaders.ts';
import type { RequestContext } from '#loading/context.ts';
import type { FieldLocation } from '#loading/report-problem.ts';
import { rowsToCount } from '#loading/rows-to-count.ts';
import { hostsToCount } from '#loading/snapshot-to-count.ts';
import { type HostModel, portName } from '../model.ts';
import type { HostFilterModel } from './filter.ts';
import { hostPages, wantedHosts } from './lists.ts';

export type HostDimension =
  | 'NETWORK'
  | 'SUBNET'
  | 'MANUFACTURER'
  | 'OS_FAMILY'
  | 'SERVICE_DEFINITION'
  | 'OPEN_PORT'
  | 'LINKED';

export interface HostGroupArgs {
  readonly by: readonly HostDimension[];
  readonly filter?: HostFilterModel | null | undefined;
  readonly orderBy?: GroupOrderModel | null | undefined;
  readonly first: number;
}

const LINKED_TITLES: ReadonlyMap<string, string> = new Map([
  ['true', 'linked'],
  ['false', 'not linked'],
]);

type Dimensions = Readonly<Record<HostDimension, Omit<Dimension<HostModel>, 'name'>>>;

const dimensionsOf = (context: RequestContext, isLinked: (host: HostModel) => boolean): Dimensions => ({
  NETWORK: networkDimension(context),
  SUBNET: subnetDimension(context),
  MANUFACTURER: {
    none: 'unknown',
    valuesOf: ({ manufacturer }) => (manufacturer === null ? [] : [manufacturer]),
  },
  OS_FAMILY: { none: 'unknown', valuesOf: ({ osFamily }) => (osFamily === null ? [] : [osFamily]) },
  SERVICE_DEFINITION: {
    none: 'no service',
    valuesOf: ({ services }) => services.map(({ definition }) => definition),
  },
  OPEN_PORT: { none: 'no open port', valuesOf: ({ ports }) => ports.map(portName) },
  LINKED: {
    none: 'unknown',
    valuesOf: (host) => [String(isLinked(host))],
    titlesOf: async () => LINKED_TITLES,
  },
});

/** @throws InputError for an unknown source, an id of another type, or dimensions that cannot be counted by */
export const hostGroups = async (
  context: RequestContext,
  place: FieldLocation,
  { by, filter, orderBy, first }: HostGroupArgs,
): Promise<GroupsModel> => {
  const { sources, query, isCertain } = await wantedHosts(context, place, { filter });
  const derived = by.includes('LINKED') ? await readDerived(context, place) : null;
  const areCertain = isCertain && (derived === null || derived.inventory.gaps.length === 0);
  const isLinked = (host: HostModel) => (derived?.linksOf(host) ?? []).length > 0;
  const dimensions = dimensionsOf(context, isLinked);
  return groupsOf(context, place, {
    sources,
    by: by.map((name) => ({ name, ...dimensions[name] })),
    orderBy,
    first,
    read: async (source) => {
      const held = hostsToCount(context, source);
      const rows = await rowsToCount(context, hostPages(context), source.name, query, held);
      return { ...rows, isCertain: areCertain };
    },
  });
};
