import { z } from 'zod';
import type { ResourceEdge } from '#entities/dependency/model.ts';
import type { ResourceModel, ResourceStatsModel } from '#entities/resource/model.ts';
import type { Window } from '#lib/lists/list-calls.ts';
import type { ListPage } from '#lib/sliced-list.ts';
import type { EdgeOwner } from '../cloud-client.ts';
import type { ResourceQuery } from '../cloud-queries.ts';
import type { Freshness, RememberedRecord, UpstreamCall } from '../transport/upstream-call.ts';
import { resourceParameters } from './queries.ts';
import { type ListAnswer, type RowReader, readList, readPage, readSingle } from './rows.ts';
import { type EdgeEnd, edgeRow, toEdge } from './wire-edge.ts';
import { resourceRow, resourceStatsRow, toResource, toResourceStats } from './wire-resource.ts';

/** Name under which rows of resource lists answer later questions by id. */
export const RESOURCE_RECORD = 'resource';

const rememberRows = ({ rows }: ListPage<ResourceModel>): RememberedRecord[] =>
  rows.flatMap((row) => (row ? [{ type: RESOURCE_RECORD, id: row.id, record: row }] : []));

export const resourcePageCall = (
  reader: RowReader,
  query: ResourceQuery,
  window: Window,
  freshness: Freshness,
): UpstreamCall<ListPage<ResourceModel>> => ({
  endpoint: '/resources',
  path: '/resources',
  query: resourceParameters(query, window),
  parse: (body) => readPage(reader, '/resources', resourceRow, toResource, body),
  freshness,
  remember: rememberRows,
});

/** By row id or AWS identifier; slashes of an ARN must be encoded to reach the lookup. */
export const resourceCall = (
  reader: RowReader,
  identifier: string,
  freshness: Freshness,
): UpstreamCall<ResourceModel> => ({
  endpoint: '/resources/{id}',
  path: `/resources/${encodeURIComponent(identifier)}`,
  parse: (body) => toResource(reader.source, readSingle(reader, '/resources/{id}', resourceRow, body)),
  freshness,
  remember: (row) => [{ type: RESOURCE_RECORD, id: row.id, record: row }],
});

export const edgesCall = (
  reader: RowReader,
  owner: EdgeOwner,
  end: EdgeEnd,
  freshness: Freshness,
): UpstreamCall<ListAnswer<ResourceEdge>> => ({
  endpoint: `/resources/{id}/${end}`,
  path: `/resources/${owner.id}/${end}`,
  parse: (body) => readList(reader, `/resources/{id}/${end}`, edgeRow, toEdge(owner, end), body),
  freshness,
});

export const resourceStatsCall = (reader: RowReader, freshness: Freshness): UpstreamCall<ResourceStatsModel> => ({
  endpoint: '/resources/stats',
  path: '/resources/stats',
  parse: (body) => toResourceStats(readSingle(reader, '/resources/stats', resourceStatsRow, body)),
  freshness,
});

/** The regions or services that occur, in alphabetical order: the server's order means nothing. */
export const distinctCall = (
  reader: RowReader,
  what: 'regions' | 'services',
  freshness: Freshness,
): UpstreamCall<readonly string[]> => ({
  endpoint: `/resources/${what}`,
  path: `/resources/${what}`,
  parse: (body) => readList(reader, `/resources/${what}`, z.string(), (_, value) => value, body).rows.toSorted(),
  freshness,
});
