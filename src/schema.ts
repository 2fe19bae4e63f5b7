import type { GraphQLSchema } from 'graphql';
import { assetVersion } from '#entities/asset-version/schema.ts';
import { certificate } from '#entities/certificate/schema.ts';
import { change } from '#entities/change/schema.ts';
import { cloudAccount } from '#entities/cloud-account/schema.ts';
import { cloudOrganization } from '#entities/cloud-organization/schema.ts';
import { correlation } from '#entities/correlation/schema/correlation.ts';
import { correlationReport } from '#entities/correlation/schema/report.ts';
import { daemon } from '#entities/daemon/schema.ts';
import { dependency } from '#entities/dependency/schema.ts';
import { discovery } from '#entities/discovery/schema.ts';
import { finding } from '#entities/finding/schema/finding.ts';
import { findingGroups } from '#entities/finding/schema/groups.ts';
import { graph } from '#entities/graph/schema/graph.ts';
import { impact } from '#entities/graph/schema/impact.ts';
import { graphDiff } from '#entities/graph-diff/schema.ts';
import { hostGroups } from '#entities/host/schema/groups.ts';
import { host } from '#entities/host/schema/host.ts';
import { lookup } from '#entities/lookup/schema.ts';
import { network } from '#entities/network/schema.ts';
import { networkTag } from '#entities/network-tag/schema.ts';
import { past } from '#entities/past/schema.ts';
import { resourceGroups } from '#entities/resource/schema/groups.ts';
import { resource } from '#entities/resource/schema/resource.ts';
import { resourceStatistics } from '#entities/resource/schema/statistics.ts';
import { scan } from '#entities/scan/schema.ts';
import { serviceGroups } from '#entities/service/schema/groups.ts';
import { service } from '#entities/service/schema/service.ts';
import { serviceDependency } from '#entities/service-dependency/schema.ts';
import { source } from '#entities/source/schema.ts';
import { subnet } from '#entities/subnet/schema.ts';
import { vlan } from '#entities/vlan/schema.ts';
import { watch } from '#entities/watch/schema.ts';
import { createSchema } from '#graphql/define-entity.ts';

/** The whole graph: what is not in this list, is not in it. */
export const schema: GraphQLSchema = createSchema([
  source,
  cloudOrganization,
  cloudAccount,
  resource,
  resourceStatistics,
  resourceGroups,
  finding,
  findingGroups,
  certificate,
  scan,
  network,
  subnet,
  vlan,
  host,
  hostGroups,
  service,
  serviceGroups,
  serviceDependency,
  networkTag,
  daemon,
  discovery,
  dependency,
  correlation,
  correlationReport,
  lookup,
  graph,
  impact,
  change,
  assetVersion,
  past,
  graphDiff,
  watch,
]);
