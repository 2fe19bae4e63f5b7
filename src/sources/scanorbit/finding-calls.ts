import { z } from 'zod';
import type { FindingModel, FindingStatsModel } from '#entities/finding/model.ts';
import type { Window } from '#lib/lists/list-calls.ts';
import type { ListPage } from '#lib/sliced-list.ts';
import type { FindingDetail } from '../cloud-client.ts';
import type { FindingQuery } from '../cloud-queries.ts';
import type { Freshness, UpstreamCall } from '../transport/upstream-call.ts';
import { FINDINGS } from './freshness.ts';
import { findingParameters } from './queries.ts';
import { type RowReader, readPage, readRows, readSingle } from './rows.ts';
import {
  certificateRow,
  findingRow,
  findingStatsRow,
  toCertificate,
  toFinding,
  toFindingStats,
} from './wire-finding.ts';
import { resourceRow, toResource } from './wire-resource.ts';

export const findingPageCall = (
  reader: RowReader,
  query: FindingQuery,
  window: Window,
): UpstreamCall<ListPage<FindingModel>> => ({
  endpoint: '/findings',
  path: '/findings',
  query: findingParameters(query, window),
  parse: (body) => readPage(reader, '/findings', findingRow, toFinding, body),
  freshness: FINDINGS,
});

const nested = z.object({ resource: z.unknown(), certificate: z.unknown() });

/** An unreadable resource or certificate inside a finding costs only itself. */
const readNested = <Row, Model>(
  reader: RowReader,
  schema: z.ZodType<Row>,
  toModel: (source: string, row: Row) => Model,
  row: unknown,
): Model | null =>
  row === null || row === undefined ? null : (readRows(reader, '/findings/{id}', schema, toModel, [row])[0] ?? null);

export const findingCall = (reader: RowReader, id: string): UpstreamCall<FindingDetail> => ({
  endpoint: '/findings/{id}',
  path: `/findings/${id}`,
  parse: (body) => {
    const row = readSingle(reader, '/findings/{id}', findingRow, body);
    const { resource, certificate } = readSingle(reader, '/findings/{id}', nested, body);
    return {
      finding: toFinding(reader.source, row),
      resource: readNested(reader, resourceRow, toResource, resource),
      certificate: readNested(reader, certificateRow, toCertificate, certificate),
    };
  },
  freshness: FINDINGS,
});

export const findingStatsCall = (
  reader: RowReader,
  freshness: Freshness = FINDINGS,
): UpstreamCall<FindingStatsModel> => ({
  endpoint: '/findings/stats',
  path: '/findings/stats',
  parse: (body) => toFindingStats(readSingle(reader, '/findings/stats', findingStatsRow, body)),
  freshness,
});
