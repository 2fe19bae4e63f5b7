import { z } from 'zod';
import type { ResourceModel, ResourceStatsModel } from '#entities/resource/model.ts';
import type { ScanModel } from '#entities/scan/model.ts';

import { scanVersion } from '#inventory/snapshot/is-current.ts';
import type { Window } from '#lib/lists/list-calls.ts';
import type { ListPage } from '#lib/sliced-list.ts';
import type { CloudClient } from '../cloud-client.ts';

import type { ResourceQuery } from '../cloud-queries.ts';
import type { Scope } from '../transport/scope.ts';
import type { Transport } from '../transport/transport.ts';
import type { RememberedRecord, UpstreamCall } from '../transport/upstream-call.ts';
import { nullIfMissing } from '../transport/upstream-errors.ts';
import type { Ask } from './ask.ts';
import { type Calls, type ReadRow, rowsOf } from './calls.ts';
import { untilNextScan } from './freshness.ts';
import { isIdentifier, isUuid } from './identifiers.ts';
import { pageOf, pageOrEmpty, resourceParameters } from './queries.ts';
import { ResourceWatch } from './resource-watch.ts';
import type { ReadWindow } from './upstream-lists.ts';
import { type EdgeEnd, readEdge } from './wire-edge.ts';
import { readResource, readResourceStats } from './wire-resource.ts';

/** Name under which rows of resource answers are kept for later questions by id. */
const RESOURCE_RECORD = 'resource';

const remembered = (row: ResourceModel | null): RememberedRecord[] =>
  row ? [{ type: RESOURCE_RECORD, id: row.id, record: row }] : [];

const readText: ReadRow<string> = (_source, raw) => z.string().parse(raw);

type ResourceReads = Pick<
  CloudClient,
  | 'peekResourcePage'
  | 'resourcesSeen'
  | 'resourceById'
  | 'resourceByIdentifier'
  | 'watchResources'
  | 'resourceStats'
  | 'resourceRegions'
  | 'resourceServices'
  | 'dependencies'
  | 'dependents'
> & {
  readonly resourceWindow: ReadWindow<ResourceQuery, ResourceModel>;
  /** Where the cache still answers them. */
  readonly peekResourceStats: () => ResourceStatsModel | undefined;
  readonly peekResourceRegions: () => readonly string[] | undefined;
};

/** Everything that only a scan changes: each answer is fresh until the next scan of what it is about completes. */
export const createResourceReads = (
  calls: Calls,
  ask: Ask,
  transport: Pick<Transport, 'peek' | 'records'>,
  recentScans: CloudClient['recentScans'],
): ResourceReads => {
  const seen = transport.records<ResourceModel>(RESOURCE_RECORD);
  const watch = new ResourceWatch();
  let lastScans: readonly ScanModel[] | undefined;
  const untilScanOf = (accountId?: string) =>
    untilNextScan({
      version: async (scope) => {
        lastScans = await recentScans(scope);
        return scanVersion(lastScans, accountId);
      },
      knownVersion: () => lastScans && scanVersion(lastScans, accountId),
    });
  const always = untilScanOf();

  const edges =
    (end: EdgeEnd): CloudClient['dependencies'] =>
    async (owner, scope, onShortfall) => {
      if (!isUuid(owner.id)) return [];
      const endpoint = `/resources/{id}/${end}`;
      const path = `/resources/${owner.id}/${end}`;
      const call = calls.list(path, readEdge(owner, end), untilScanOf(owner.accountId), { endpoint });
      return rowsOf(ask(call, scope), onShortfall);
    };
  const pageCall = (query: ResourceQuery, window: Window): UpstreamCall<ListPage<ResourceModel>> => ({
    ...calls.page('/resources', resourceParameters(query, window), readResource, untilScanOf(query.accountId)),
    remember: ({ rows }) => rows.flatMap(remembered),
  });
  const distinctCall = (path: string) => calls.list(path, readText, always);
  /** In alphabetical order: the server's order means nothing. */
  const distinct = (path: string) => async (scope: Scope) => (await ask(distinctCall(path), scope)).rows.toSorted();
  const statsCall = calls.single('/resources/stats', readResourceStats, always);
  const one = async (name: string, scope: Scope): Promise<ResourceModel | null> => {
    // Slashes of an ARN must be encoded to reach the lookup.
    const path = `/resources/${encodeURIComponent(name)}`;
    const call = { ...calls.single(path, readResource, always, '/resources/{id}'), remember: remembered };
    const row = await nullIfMissing(ask(watch.one(name, call, scope), scope));
    if (!row) seen.forget(name);
    return row;
  };

  return {
    watchResources: (listener) => watch.listen(listener),
    resourceWindow: (query, window, scope) =>
      pageOrEmpty([query.accountId], () => ask(watch.page(pageCall(query, window), scope), scope)),
    peekResourcePage: (query, page) => transport.peek(pageCall(query, pageOf(page))),
    resourcesSeen: (ids, scope) => seen.find(ids, scope),
    resourceById: async (id, scope) => {
      if (!isUuid(id)) return null;
      const resource = await one(id.toLowerCase(), scope);
      return resource?.id === id.toLowerCase() ? resource : null;
    },
    resourceByIdentifier: async (identifier, scope) => {
      if (!isIdentifier(identifier)) return null;
      const resource = await one(identifier, scope);
      return resource?.resourceId === identifier ? resource : null;
    },
    resourceStats: (scope) => ask(statsCall, scope),
    peekResourceStats: () => transport.peek(statsCall),
    peekResourceRegions: () => transport.peek(distinctCall('/resources/regions'))?.rows,
    resourceRegions: distinct('/resources/regions'),
    resourceServices: distinct('/resources/services'),
    dependencies: edges('dependencies'),
    dependents: edges('dependents'),
  };
};
