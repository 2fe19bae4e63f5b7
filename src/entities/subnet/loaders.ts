import { recordDimension } from '#entities/group/loaders/record-dimension.ts';
import type { HostModel } from '#entities/host/model.ts';
import type { RowRef } from '#lib/record-ref.ts';
import { decodeGlobalId } from '#lib/record-ref.ts';
import type { SlicedList } from '#lib/sliced-list.ts';
import type { RequestContext } from '#loading/context.ts';
import { recordSet } from '#loading/record-set.ts';
import type { FieldLocation } from '#loading/report-problem.ts';
import { narrowSources } from '#loading/several-sources.ts';
import { networkToCount } from '#loading/snapshot-to-count.ts';
import type { SubnetModel } from './model.ts';

export const subnets = recordSet('NETWORK', 'subnetById', ({ client }) => client.subnets);

export interface SubnetFilterModel {
  readonly source?: string | null | undefined;
  readonly network?: string | null | undefined;
  readonly type?: readonly string[] | null | undefined;
  readonly cidr?: string | null | undefined;
}

/** @param network when given, only its subnets. @throws InputError for an id that is none of a network */
export const subnetList = (
  context: RequestContext,
  place: FieldLocation,
  filter: SubnetFilterModel | null | undefined,
  network: RowRef | null = null,
): SlicedList<SubnetModel> => {
  const named = filter?.network ? decodeGlobalId(filter.network, 'Network') : null;
  const within = [network, named].filter((one) => one !== null);
  const sources = narrowSources(context, context.sources.network, filter?.source, within);
  return subnets.list(
    context,
    place,
    sources,
    (subnet) =>
      within.every(({ id }) => subnet.networkId === id) &&
      (!filter?.type || filter.type.includes(subnet.subnetType)) &&
      (typeof filter?.cidr !== 'string' || subnet.cidr === filter.cidr),
  );
};

/** As the index names it, where counts are taken from that; else as the source does. */
const subnetToName = async (context: RequestContext, ref: RowRef): Promise<SubnetModel | null> => {
  const snapshot = networkToCount(context, context.sources.ofSide('NETWORK', ref.source));
  return snapshot ? (snapshot.subnets.find(({ id }) => id === ref.id) ?? null) : subnets.byId(context).load(ref);
};

/** Hosts by the subnets of their addresses. */
export const subnetDimension = (context: RequestContext) =>
  recordDimension<Pick<HostModel, 'source' | 'addresses'>, SubnetModel>({
    type: 'Subnet',
    idsOf: ({ addresses }) => addresses.map(({ subnetId }) => subnetId),
    find: (ref) => subnetToName(context, ref),
    titleOf: ({ name, cidr }) => (name === '' || name === cidr ? cidr : `${name} (${cidr})`),
    none: 'no address',
  });
