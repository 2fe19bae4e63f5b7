import type { CertificateModel } from '#entities/certificate/model.ts';
import type { CloudAccountModel } from '#entities/cloud-account/model.ts';
import type { CloudOrganizationModel } from '#entities/cloud-organization/model.ts';
import type { ResourceEdge } from '#entities/dependency/model.ts';
import type { FindingModel, FindingStatsModel } from '#entities/finding/model.ts';
import type { ResourceAnswer, ResourceModel, ResourceStatsModel } from '#entities/resource/model.ts';
import type { ScanModel } from '#entities/scan/model.ts';
import type { UpstreamList } from '#lib/lists/whole-list.ts';
import type { ListPage } from '#lib/sliced-list.ts';
import type { FindingQuery, ResourceQuery } from './cloud-queries.ts';
import type { ListSupport, SetReader, ShortfallListener } from './list-support.ts';
import type { Scope } from './transport/scope.ts';
import type { TransportStatus } from './transport/transport.ts';

/** How a resource can be found by its ARN or provider id: by a call of its own, in the whole list only, or not at all. */
export type LookUp = 'CALL' | 'LIST' | 'NONE';

export interface CloudSupport {
  readonly resources: ListSupport<CloudClient, ResourceQuery>;
  readonly findings: ListSupport<CloudClient, FindingQuery>;
  readonly lookUp: (identifier: string) => LookUp;
}

export interface ListSizes {
  readonly resources?: number;
  readonly findings?: number;
}

/** `/findings/{id}`: the only place where certificates are shown. */
export interface FindingDetail {
  readonly finding: FindingModel;
  readonly resource: ResourceModel | null;
  readonly certificate: CertificateModel | null;
}

/**
 * Whose edges are asked for. Its `service` types the edges of the edition that sends no relation; its account, where known, says
 * which scans can change them.
 */
export type EdgeOwner = Pick<ResourceModel, 'id' | 'service'> & Partial<Pick<ResourceModel, 'accountId'>>;

/** What the statistics of a server may count: all resources, all findings, or the open ones, by one of their fields. */
export const COUNT_QUESTIONS = [
  'RESOURCES_BY_SERVICE',
  'RESOURCES_BY_REGION',
  'RESOURCES_BY_STATE',
  'FINDINGS_BY_STATUS',
  'OPEN_FINDINGS_BY_SEVERITY',
  'OPEN_FINDINGS_BY_TYPE',
] as const;
export type CountQuestion = (typeof COUNT_QUESTIONS)[number];

export interface CountedValue {
  /** As models have it; null for rows without one. */
  readonly value: string | null;
  readonly count: number;
}

export interface ExactCounts {
  readonly total: number;
  readonly counts: readonly CountedValue[];
}

/**
 * Every read of one ScanOrbit organization, as our models, whichever edition answers. Pages count from 0. Lists leave out rows that
 * could not be read; `onShortfall` and `ListPage.invalid` count them.
 */
export interface CloudClient {
  readonly source: string;
  /** A page as it comes. */
  resourcePage(query: ResourceQuery, page: number, scope: Scope): Promise<ListPage<ResourceModel>>;
  /** The list that every matching row is in, to be shown in pages or read whole. What else is in it depends on `CloudSupport`. */
  resourceList(query: ResourceQuery, scope: Scope): UpstreamList<ResourceModel>;
  /** The page as the cache holds it, if it is fresh as far as is known without asking. */
  peekResourcePage(query: ResourceQuery, page: number): ListPage<ResourceModel> | undefined;
  /** Those of the rows that were seen in an answer and are still fresh; at no cost but a look at the newest scans. */
  resourcesSeen(ids: readonly string[], scope: Scope): Promise<ReadonlyMap<string, ResourceModel>>;
  /** @returns null when unknown. */
  resourceById(id: string, scope: Scope): Promise<ResourceModel | null>;
  /** By ARN or provider id, exact; @returns null when unknown, or when the identifier is too long to be asked for. */
  resourceByIdentifier(resourceId: string, scope: Scope): Promise<ResourceModel | null>;
  /** Calls `listener` for every new answer about resources from now on; it replaces the one before. Asks nothing. */
  watchResources(listener: (answer: ResourceAnswer) => void): void;
  resourceStats(scope: Scope): Promise<ResourceStatsModel>;
  /** What the server's own statistics count exactly; null where they do not. One or two calls. */
  exactCounts(question: CountQuestion, scope: Scope): Promise<ExactCounts | null>;
  /** The same, where the cache still answers it; null also where it does not. */
  peekExactCounts(question: CountQuestion): ExactCounts | null;
  resourceRegions(scope: Scope): Promise<readonly string[]>;
  resourceServices(scope: Scope): Promise<readonly string[]>;
  /** One call per resource. Targets are those that the server matched: by name, across accounts. */
  dependencies(resource: EdgeOwner, scope: Scope, onShortfall?: ShortfallListener): Promise<readonly ResourceEdge[]>;
  dependents(resource: EdgeOwner, scope: Scope, onShortfall?: ShortfallListener): Promise<readonly ResourceEdge[]>;
  findingPage(query: FindingQuery, page: number, scope: Scope): Promise<ListPage<FindingModel>>;
  /** See `resourceList`. */
  findingList(query: FindingQuery, scope: Scope): UpstreamList<FindingModel>;
  findingById(id: string, scope: Scope): Promise<FindingDetail | null>;
  /**
   * Whether the upstream's filter by severity finds every row, as far as is known from rows and its statistics; false also while those
   * cannot be had. One call an hour.
   */
  filtersSeverities(scope: Scope): Promise<boolean>;
  /** The same as far as is known without asking: false only where some row is known to be missed. */
  mayFilterSeverities(): boolean;
  findingStats(scope: Scope): Promise<FindingStatsModel>;
  readonly activeScans: SetReader<ScanModel>;
  /** Newest first, at most 100. */
  readonly recentScans: SetReader<ScanModel>;
  /** The same, where the cache still answers them. */
  peekRecentScans(): readonly ScanModel[] | undefined;
  /** @returns null when unknown, and from servers that lack the endpoint. */
  scanById(id: string, scope: Scope): Promise<ScanModel | null>;
  readonly accounts: SetReader<CloudAccountModel>;
  organization(scope: Scope): Promise<CloudOrganizationModel>;
  peekFindingPage(query: FindingQuery, page: number): ListPage<FindingModel> | undefined;
  /** Rows of whole lists as last seen, however long ago; absent while never seen. Asks nothing. */
  sizes(): ListSizes;
  /** `documented`, `observed`, or null while no answer has shown which. */
  edition(): string | null;
  /** As {@link Transport.revision}; null of a client that asks anew each time: what it says may change at any moment. */
  revision(): number | null;
  status(): TransportStatus;
  close(): Promise<void>;
}
