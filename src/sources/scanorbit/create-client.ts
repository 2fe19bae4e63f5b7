import { z } from 'zod';
import type { FindingModel, FindingStatsModel } from '#entities/finding/model.ts';
import type { Window } from '#lib/lists/list-calls.ts';
import type { CloudClient, FindingDetail, ListSizes } from '../cloud-client.ts';
import type { FindingQuery } from '../cloud-queries.ts';
import type { SetReader } from '../list-support.ts';
import type { Transport } from '../transport/transport.ts';
import type { Freshness, UpstreamCall } from '../transport/upstream-call.ts';
import { nullIfMissing } from '../transport/upstream-errors.ts';
import type { Edition } from './ask.ts';
import { createAsk, isMissedByFilter } from './ask.ts';
import { Calls, type InvalidRows, type ListAnswer, type ReadRow, rowsOf } from './calls.ts';
import { exactCounts, knownCounts } from './exact-counts.ts';
import { ACCOUNTS, ACTIVE_SCANS, FINDINGS, ONE_SCAN, RECENT_SCANS, SEVERITY_CASE } from './freshness.ts';
import { isUuid } from './identifiers.ts';
import { findingParameters, pageOf, pageOrEmpty } from './queries.ts';
import { createResourceReads } from './resource-reads.ts';
import { findingLists, type ReadWindow, resourceLists } from './upstream-lists.ts';
import { readAccount, readOrganization, readScan } from './wire-account.ts';
import { readCertificate, readFinding, readFindingStats } from './wire-finding.ts';
import { readResource } from './wire-resource.ts';

export interface ScanOrbitClientOptions {
  readonly transport: Transport;
  /** Called for every upstream answer with rows that could not be read. */
  readonly onInvalidRows?: (report: InvalidRows) => void;
}

export const createScanOrbitClient = ({ transport, onInvalidRows }: ScanOrbitClientOptions): CloudClient => {
  const calls = new Calls(transport.source, onInvalidRows ?? (() => {}));
  let edition: Edition | null = null;
  let sizes: ListSizes = {};
  let missesRows = false;
  const ask = createAsk(transport, {
    onEdition: (seen) => {
      edition = seen;
    },
    onMissedRows: () => {
      missesRows = true;
    },
  });
  const set =
    <T>(call: UpstreamCall<ListAnswer<T>>): SetReader<T> =>
    (scope, onShortfall) =>
      rowsOf(ask(call, scope), onShortfall);
  const accounts = set(calls.list('/accounts', readAccount, ACCOUNTS));
  // 100 is the server's own cap.
  const recentCall = calls.list('/scans/recent', readScan, RECENT_SCANS, { query: [['limit', '100']] });
  const recentScans = set(recentCall);
  const stats = (freshness: Freshness) => calls.single('/findings/stats', readFindingStats, freshness);
  const findingPage = (query: FindingQuery, window: Window) =>
    calls.page('/findings', findingParameters(query, window), readFinding, FINDINGS);
  const readDetail: ReadRow<FindingDetail> = (source, raw) => {
    const { resource, certificate } = nested.parse(raw);
    return {
      finding: readFinding(source, raw),
      resource: calls.nested('/findings/{id}', readResource, resource),
      certificate: calls.nested('/findings/{id}', readCertificate, certificate),
    };
  };
  const { resourceWindow, peekResourceStats, peekResourceRegions, ...resourceReads } = createResourceReads(
    calls,
    ask,
    transport,
    recentScans,
  );
  const readResources: typeof resourceWindow = async (query, window, scope) => {
    const answer = await resourceWindow(query, window, scope);
    if (isUnfiltered(query)) sizes = { ...sizes, resources: answer.total };
    return answer;
  };
  const readFindings: ReadWindow<FindingQuery, FindingModel> = async (query, window, scope) => {
    const read = () => ask(findingPage(query, window), scope);
    const answer = await pageOrEmpty([query.accountId, query.resourceId], read);
    if (isUnfiltered(query)) sizes = { ...sizes, findings: answer.total };
    return answer;
  };

  return {
    source: transport.source,
    ...resourceReads,
    resourcePage: (query, page, scope) => readResources(query, pageOf(page), scope),
    resourceList: resourceLists(readResources, { accounts, ...resourceReads }),
    findingPage: (query, page, scope) => readFindings(query, pageOf(page), scope),
    findingList: findingLists(readFindings, { accounts }),
    peekFindingPage: (query, page) => transport.peek(findingPage(query, pageOf(page))),
    findingById: async (id, scope) => {
      if (!isUuid(id)) return null;
      const call = calls.single(`/findings/${id.toLowerCase()}`, readDetail, FINDINGS, '/findings/{id}');
      const detail = await nullIfMissing(ask(call, scope));
      return detail?.finding.id === id.toLowerCase() ? detail : null;
    },
    filtersSeverities: async (scope) => {
      if (missesRows) return false;
      const answer = await ask(stats(SEVERITY_CASE), scope).catch(() => null);
      return answer !== null && !showsMissedRows(answer);
    },
    mayFilterSeverities: () => {
      const known = transport.peek(stats(SEVERITY_CASE));
      return !missesRows && !(known && showsMissedRows(known));
    },
    findingStats: (scope) => ask(stats(FINDINGS), scope),
    exactCounts: (question, scope) =>
      exactCounts(question, {
        resources: () => resourceReads.resourceStats(scope),
        regions: () => resourceReads.resourceRegions(scope),
        findings: () => ask(stats(FINDINGS), scope),
      }),
    peekExactCounts: (question) =>
      knownCounts(question, {
        resources: peekResourceStats(),
        regions: peekResourceRegions(),
        findings: transport.peek(stats(FINDINGS)),
      }),
    activeScans: set(calls.list('/scans/active', readScan, ACTIVE_SCANS)),
    recentScans,
    peekRecentScans: () => transport.peek(recentCall)?.rows,
    scanById: async (id, scope) => {
      if (!isUuid(id)) return null;
      const call = calls.single(`/scans/${id.toLowerCase()}`, readScan, ONE_SCAN, '/scans/{id}');
      const scan = await nullIfMissing(ask(call, scope));
      return scan?.id === id.toLowerCase() ? scan : null;
    },
    accounts,
    organization: (scope) => ask(calls.single('/organization', readOrganization, ACCOUNTS), scope),
    sizes: () => sizes,
    edition: () => edition,
    revision: () => transport.revision(),
    status: () => transport.status(),
    close: () => transport.close(),
  };
};

const nested = z.object({ resource: z.unknown(), certificate: z.unknown() });

const showsMissedRows = ({ bySeverity }: FindingStatsModel): boolean =>
  bySeverity.some(({ key }) => isMissedByFilter(key));

const isUnfiltered = (query: object): boolean => Object.values(query).every((value) => value === undefined);
