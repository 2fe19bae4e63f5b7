import type { ResourceModel } from '#entities/resource/model.ts';
import type { ScanModel } from '#entities/scan/model.ts';
import { scanVersion } from '#inventory/snapshot/is-current.ts';
import type { CloudClient } from '../cloud-client.ts';
import type { ResourceQuery } from '../cloud-queries.ts';
import type { Scope } from '../transport/scope.ts';
import type { Transport } from '../transport/transport.ts';
import { nullIfMissing } from '../transport/upstream-errors.ts';
import type { Ask } from './ask.ts';
import { untilNextScan } from './freshness.ts';
import { isIdentifier, isUuid } from './identifiers.ts';
import { pageOf, pageOrEmpty } from './queries.ts';
import {
  distinctCall,
  edgesCall,
  RESOURCE_RECORD,
  resourceCall,
  resourcePageCall,
  resourceStatsCall,
} from './resource-calls.ts';
import { ResourceWatch } from './resource-watch.ts';
import { type RowReader, rowsOf } from './rows.ts';
import type { ReadWindow } from './upstream-lists.ts';
import type { EdgeEnd } from './wire-edge.ts';

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
> & { readonly resourceWindow: ReadWindow<ResourceQuery, ResourceModel> };

/** Everything that only a scan changes: each answer lives until the next scan of what it is about completes. */
export const createResourceReads = (
  reader: RowReader,
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
    async (owner, scope, onShortfall) =>
      isUuid(owner.id)
        ? rowsOf(ask(edgesCall(reader, owner, end, untilScanOf(owner.accountId)), scope), onShortfall)
        : [];
  const one = async (name: string, scope: Scope): Promise<ResourceModel | null> => {
    const row = await nullIfMissing(ask(watch.one(name, resourceCall(reader, name, always), scope), scope));
    if (!row) seen.forget(name);
    return row;
  };

  return {
    watchResources: (listener) => watch.listen(listener),
    resourceWindow: async (query, window, scope) => {
      const call = resourcePageCall(reader, query, window, untilScanOf(query.accountId));
      return pageOrEmpty([query.accountId], () => ask(watch.page(call, scope), scope));
    },
    peekResourcePage: (query, page) =>
      transport.peek(resourcePageCall(reader, query, pageOf(page), untilScanOf(query.accountId))),
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
    resourceStats: (scope) => ask(resourceStatsCall(reader, always), scope),
    resourceRegions: (scope) => ask(distinctCall(reader, 'regions', always), scope),
    resourceServices: (scope) => ask(distinctCall(reader, 'services', always), scope),
    dependencies: edges('dependencies'),
    dependents: edges('dependents'),
  };
};
