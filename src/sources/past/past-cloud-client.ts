import type { FindingModel } from '#entities/finding/model.ts';
import type { ResourceModel } from '#entities/resource/model.ts';
import { edgesInto } from '#inventory/snapshot/derived.ts';
import type { CloudSnapshot } from '#inventory/snapshot/snapshot.ts';
import { byValue } from '#lib/compare.ts';
import type { UpstreamList } from '#lib/lists/whole-list.ts';
import type { CloudClient, CloudSupport } from '../cloud-client.ts';
import { type FindingQuery, findingRules, type ResourceQuery, resourceRules } from '../cloud-queries.ts';
import type { CloudSource } from '../source-set.ts';
import { notKept, notRead } from './not-kept.ts';
import { askedNobody, failedList, pastList, selectionOf } from './past-list.ts';

export const pastCloudSupport = ({ resources, findings, lookUp }: CloudSupport): CloudSupport => ({
  resources: askedNobody(resources),
  findings: askedNobody(findings),
  lookUp,
});

/**
 * A source as one of its readings has it. It sends nothing. What is no part of a reading fails with an error that says so; what the
 * source is, and how it is doing, is said of now.
 */
export const pastCloudClient = (snapshot: CloudSnapshot, { client: now, kind }: CloudSource): CloudClient => {
  const { source, missing } = snapshot;
  const { pageSize } = kind.limits;
  const resources = selectionOf<ResourceQuery, ResourceModel>({
    rows: () => [...snapshot.resources.values()],
    missing: missing.resources,
    matches: resourceRules.matches,
    compare: (query) => (query.orderBy ? resourceRules.compare(query) : null),
    usual: byValue(({ lastSeenAt }) => lastSeenAt, 'DESC'),
  });
  const findings = selectionOf<FindingQuery, FindingModel>({
    rows: () => [...snapshot.findings.values()],
    missing: missing.findings,
    matches: findingRules.matches,
    compare: (query) => (query.orderBy ? findingRules.compare(query) : null),
    usual: byValue(({ createdAt }) => createdAt, 'DESC'),
  });
  const fail = async (what: string): Promise<never> => {
    throw notKept(source, what);
  };
  const resourceList = (query: ResourceQuery): UpstreamList<ResourceModel> => {
    if (query.cost) return failedList(notKept(source, 'Which resources cost something is'), pageSize);
    return pastList(resources(query), pageSize);
  };
  const findingList = (query: FindingQuery) => pastList(findings(query), pageSize);
  const window = (page: number) => ({ offset: page * pageSize, limit: pageSize });
  return {
    source,
    resourceList,
    resourcePage: async (query, page) => resourceList(query).read(window(page), false),
    resourcesSeen: async () => new Map(),
    resourceById: async (id) => snapshot.resources.get(id) ?? null,
    resourceByIdentifier: async (identifier) =>
      resources({}).rows.find(({ resourceId }) => resourceId === identifier) ?? null,
    watchResources: () => {},
    resourceStats: () => fail('The statistics of resources are'),
    exactCounts: async () => null,
    resourceRegions: async () => valuesOf(snapshot.resources.values(), ({ region }) => region),
    resourceServices: async () => valuesOf(snapshot.resources.values(), ({ service }) => service),
    dependencies: async ({ id }) => {
      const isUnread = !snapshot.edgesComplete || snapshot.unreadEdges.includes(id);
      const edges = snapshot.edges.get(id);
      if (!edges && isUnread) throw notRead(source, 'The relations of this resource');
      return edges ?? [];
    },
    dependents: async ({ id }) => {
      const resource = snapshot.resources.get(id);
      if (!resource) return [];
      if (!snapshot.edgesComplete || snapshot.unreadEdges.length > 0)
        throw notRead(source, 'The relations of all resources that may need this one');
      return edgesInto(snapshot, resource);
    },
    findingList,
    findingPage: async (query, page) => findingList(query).read(window(page), false),
    findingById: async (id) => {
      const finding = snapshot.findings.get(id);
      if (!finding) return null;
      return {
        finding,
        resource: snapshot.resources.get(finding.resourceId ?? '') ?? null,
        // Asked for only where the finding is about one.
        get certificate(): never {
          throw notKept(source, 'What a certificate says is');
        },
      };
    },
    filtersSeverities: async () => true,
    mayFilterSeverities: () => true,
    findingStats: () => fail('The statistics of findings are'),
    // Those that the reading knows are among the recent ones.
    activeScans: async () => [],
    recentScans: async () => snapshot.scans,
    scanById: async (id) => snapshot.scans.find((scan) => scan.id === id) ?? null,
    accounts: async () => snapshot.accounts,
    organization: () => fail('The organization is'),
    peekResourcePage: () => undefined,
    peekFindingPage: () => undefined,
    peekRecentScans: () => snapshot.scans,
    peekExactCounts: () => null,
    sizes: () => ({ resources: snapshot.resources.size, findings: snapshot.findings.size }),
    edition: () => now.edition(),
    revision: () => 0,
    status: () => now.status(),
    close: async () => {},
  };
};

/** In alphabetical order, as a client gives them. */
const valuesOf = <T>(rows: Iterable<T>, read: (row: T) => string | null): readonly string[] =>
  [...new Set([...rows].map(read))].filter((value) => value !== null).toSorted();
