import type { FindingModel, FindingStatsModel } from '#entities/finding/model.ts';
import type { CloudClient, ListSizes } from '../cloud-client.ts';
import type { FindingQuery } from '../cloud-queries.ts';
import type { Transport } from '../transport/transport.ts';
import { nullIfMissing } from '../transport/upstream-errors.ts';
import { accountsCall, activeScansCall, organizationCall, recentScansCall, scanCall } from './account-calls.ts';
import type { Edition } from './ask.ts';
import { createAsk, isMissedByFilter } from './ask.ts';
import { findingCall, findingPageCall, findingStatsCall } from './finding-calls.ts';
import { SEVERITY_CASE } from './freshness.ts';
import { isUuid } from './identifiers.ts';
import { pageOf, pageOrEmpty } from './queries.ts';
import { createResourceReads } from './resource-reads.ts';
import { type InvalidRows, type RowReader, rowsOf } from './rows.ts';
import { findingLists, type ReadWindow, resourceLists } from './upstream-lists.ts';

export interface ScanOrbitClientOptions {
  readonly transport: Transport;
  /** Told of every upstream answer with rows that could not be read. @default nobody */
  readonly onInvalidRows?: (report: InvalidRows) => void;
}

export const createScanOrbitClient = ({ transport, onInvalidRows }: ScanOrbitClientOptions): CloudClient => {
  const reader: RowReader = { source: transport.source, onInvalidRows: onInvalidRows ?? (() => {}) };
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
  const recentScans: CloudClient['recentScans'] = (scope, onShortfall) =>
    rowsOf(ask(recentScansCall(reader), scope), onShortfall);

  const accounts: CloudClient['accounts'] = (scope, onShortfall) =>
    rowsOf(ask(accountsCall(reader), scope), onShortfall);
  const { resourceWindow, ...resourceReads } = createResourceReads(reader, ask, transport, recentScans);
  const readResources: typeof resourceWindow = async (query, window, scope) => {
    const answer = await resourceWindow(query, window, scope);
    if (isUnfiltered(query)) sizes = { ...sizes, resources: answer.total };
    return answer;
  };
  const readFindings: ReadWindow<FindingQuery, FindingModel> = async (query, window, scope) => {
    const read = () => ask(findingPageCall(reader, query, window), scope);
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
    peekFindingPage: (query, page) => transport.peek(findingPageCall(reader, query, pageOf(page))),
    findingById: async (id, scope) => {
      if (!isUuid(id)) return null;
      const detail = await nullIfMissing(ask(findingCall(reader, id.toLowerCase()), scope));
      return detail?.finding.id === id.toLowerCase() ? detail : null;
    },
    filtersSeverities: async (scope) => {
      if (missesRows) return false;
      const stats = await ask(findingStatsCall(reader, SEVERITY_CASE), scope).catch(() => null);
      return stats !== null && !showsMissedRows(stats);
    },
    mayFilterSeverities: () => {
      const stats = transport.peek(findingStatsCall(reader, SEVERITY_CASE));
      return !missesRows && !(stats && showsMissedRows(stats));
    },
    findingStats: (scope) => ask(findingStatsCall(reader), scope),
    activeScans: (scope, onShortfall) => rowsOf(ask(activeScansCall(reader), scope), onShortfall),
    recentScans,
    peekRecentScans: () => transport.peek(recentScansCall(reader))?.rows,
    scanById: async (id, scope) => {
      if (!isUuid(id)) return null;
      const scan = await nullIfMissing(ask(scanCall(reader, id.toLowerCase()), scope));
      return scan?.id === id.toLowerCase() ? scan : null;
    },
    accounts,
    organization: (scope) => ask(organizationCall(reader), scope),
    sizes: () => sizes,
    edition: () => edition,
    status: () => transport.status(),
    close: () => transport.close(),
  };
};

const showsMissedRows = ({ bySeverity }: FindingStatsModel): boolean =>
  bySeverity.some(({ key }) => isMissedByFilter(key));

const isUnfiltered = (query: object): boolean => Object.values(query).every((value) => value === undefined);
