import { builder } from '#graphql/builder.ts';
import type { ConnectionModel, EdgeModel } from '#graphql/relay/connection.ts';
import type {
  AssetEdge,
  AssetRecord,
  Confidence as ConfidenceName,
  DependencyKind as DependencyKindName,
  DependencyTargetModel,
} from './model.ts';

export const Asset = builder.interfaceRef<AssetRecord>('Asset');
export const DependencyTarget = builder.objectRef<DependencyTargetModel>('DependencyTarget');
export const DependencyEdge = builder.objectRef<EdgeModel<AssetEdge>>('DependencyEdge');
export const DependencyConnection = builder.objectRef<ConnectionModel<AssetEdge>>('DependencyConnection');

const KIND_VALUES = {
  USES: { description: 'Uses it to work: a NAT gateway its address, a function its layer.' },
  PROTECTED_BY: { description: 'Its traffic is filtered by that security group.' },
  ATTACHED_TO: {
    description:
      'A volume or network interface plugged into that machine or gateway. The machine needs the volume, not the other way round.',
  },
  CONTAINED_IN: { description: 'Lives in that VPC or subnet.' },
  ENCRYPTED_BY: { description: 'Encrypted with that key.' },
  RUNS_AS: { description: 'Runs with the permissions of that role or instance profile.' },
  ROUTES_TO: { description: 'A load balancer sends traffic to it.' },
  OWNS: { description: 'A load balancer owns that target group.' },
  PART_OF: { description: 'A network interface that belongs to that load balancer or gateway.' },
  MONITORS: { description: 'An alarm watches it; nothing breaks without the alarm, but nobody notices.' },
  LOGS_OF: { description: 'A log group that holds the logs of that function.' },
  RUNS_ON: { description: 'A service runs on that host.' },
  CALLS: { description: 'Calls the next service of a declared request path.' },
  MEMBER_OF_HUB: { description: 'A spoke of that hub service.' },
  VIRTUALIZED_BY: { description: 'A virtual machine run by that hypervisor service.' },
  CONTAINERIZED_BY: { description: 'A container run by that container runtime service.' },
  LINKED_TO: { description: 'Cabled or bridged to it (LLDP, CDP); undirected.' },
  OBSERVED_AS: { description: 'The same machine, seen by the other kind of source.' },
  DEPENDS_ON: { description: 'Depends on it in a way the upstream does not name.' },
  OTHER: { description: 'A relation this graph has no word for yet; see `relationship`.' },
} satisfies Record<DependencyKindName, { description: string }>;

const CONFIDENCE_VALUES = {
  CERTAIN: { description: 'Reported by an upstream, or identified beyond doubt.' },
  HIGH: { description: 'Strong evidence; followed when walking the graph.' },
  MEDIUM: { description: 'Inferred; followed only on request.' },
  LOW: { description: 'A candidate to look at.' },
} satisfies Record<ConfidenceName, { description: string }>;

export const DependencyKind = builder.enumType('DependencyKind', {
  description:
    'Kinds of relation between assets, in the same words for every source. Each is read as "from … to": the `dependencies` of A go from A.',
  values: KIND_VALUES,
});

export const Confidence = builder.enumType('Confidence', {
  description: 'How sure a link is.',
  values: CONFIDENCE_VALUES,
});
