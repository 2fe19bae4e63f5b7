import type { GraphQLResolveInfo } from 'graphql';
import { builder } from '#graphql/builder.ts';
import type { EdgeModel } from '#graphql/connection.ts';
import type { NodeModel } from '#graphql/node.ts';
import type { RequestContext } from '#request/context.ts';
import { type AssetType, CONFIDENCES, DEPENDENCY_KINDS, type DependencyEdgeModel } from './model.ts';

/** A vertex of the dependency graph. */
export interface AssetModel extends NodeModel {
  readonly type: AssetType;
}

/** An edge with the way to its other end, which is fetched only when selected. */
export interface AssetEdge extends Omit<DependencyEdgeModel, 'asset'> {
  readonly asset: (context: RequestContext, info: GraphQLResolveInfo) => AssetModel | null | Promise<AssetModel | null>;
}

/** What an asset type knows about itself. */
export interface AssetTraits<A extends AssetModel> {
  /** A title for people; never empty. */
  readonly title: (asset: A) => string;
  /** Edges as the upstream reports them, in a stable order. */
  readonly dependencies: (asset: A, context: RequestContext) => Promise<readonly AssetEdge[]>;
  readonly dependents: (asset: A, context: RequestContext) => Promise<readonly AssetEdge[]>;
}

const traits = new Map<AssetType, AssetTraits<never>>();

/** Declares one asset type. Each asset entity does so for itself, in its schema file. */
export const assetType = <A extends AssetModel>(type: A['type'], of: AssetTraits<A>): void => {
  traits.set(type, of);
};

export const traitsOf = (asset: AssetModel): AssetTraits<AssetModel> => {
  const known = traits.get(asset.type);
  if (!known) throw new Error(`The asset type ${asset.type} was not declared.`);
  return known as unknown as AssetTraits<AssetModel>;
};

export const Asset = builder.interfaceRef<AssetModel>('Asset');
export const DependencyEdge = builder.objectRef<EdgeModel<AssetEdge>>('DependencyEdge');

export const DependencyKind = builder.enumType('DependencyKind', {
  description: 'Canonical relations between assets, read as "from … to": `dependencies` of A name A first.',
  values: Object.fromEntries(DEPENDENCY_KINDS.map((kind) => [kind, { description: KIND_TEXTS()[kind] }])) as Record<
    (typeof DEPENDENCY_KINDS)[number],
    { description: string }
  >,
});

export const Confidence = builder.enumType('Confidence', {
  description: 'How sure a link is.',
  values: Object.fromEntries(CONFIDENCES.map((band) => [band, { description: BAND_TEXTS()[band] }])) as Record<
    (typeof CONFIDENCES)[number],
    { description: string }
  >,
});

function KIND_TEXTS(): Record<(typeof DEPENDENCY_KINDS)[number], string> {
  return {
    USES: 'Uses it to work: a NAT gateway its address, a function its layer.',
    PROTECTED_BY: 'Its traffic is filtered by that security group.',
    ATTACHED_TO:
      'A volume or network interface plugged into that machine or gateway. The machine needs the volume, not the other way round.',
    CONTAINED_IN: 'Lives in that VPC or subnet.',
    ENCRYPTED_BY: 'Encrypted with that key.',
    RUNS_AS: 'Runs with the permissions of that role or instance profile.',
    ROUTES_TO: 'A load balancer sends traffic to it.',
    OWNS: 'A load balancer owns that target group.',
    PART_OF: 'A network interface that belongs to that load balancer or gateway.',
    MONITORS: 'An alarm watches it; nothing breaks without the alarm, but nobody notices.',
    LOGS_OF: 'A log group that holds the logs of that function.',
    RUNS_ON: 'A service runs on that host.',
    CALLS: 'Calls the next service of a declared request path.',
    MEMBER_OF_HUB: 'A spoke of that hub service.',
    VIRTUALIZED_BY: 'A virtual machine run by that hypervisor service.',
    CONTAINERIZED_BY: 'A container run by that container runtime service.',
    LINKED_TO: 'Cabled or bridged to it (LLDP, CDP); undirected.',
    OBSERVED_AS: 'The same machine, seen by the other kind of source.',
    DEPENDS_ON: 'Depends on it in a way the upstream does not tell.',
    OTHER: 'A relation this graph has no word for yet; see `relationship`.',
  };
}

function BAND_TEXTS(): Record<(typeof CONFIDENCES)[number], string> {
  return {
    CERTAIN: 'Reported by an upstream, or identified beyond doubt.',
    HIGH: 'Strong evidence; followed when walking the graph.',
    MEDIUM: 'Inferred; followed only on request.',
    LOW: 'A candidate to look at.',
  };
}
