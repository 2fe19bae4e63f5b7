import type { CloudAccountModel } from '#entities/cloud-account/model.ts';
import type { CloudOrganizationModel } from '#entities/cloud-organization/model.ts';
import type { ScanModel } from '#entities/scan/model.ts';
import type { UpstreamCall } from '../transport/upstream-call.ts';
import { ACCOUNTS, ACTIVE_SCANS, ONE_SCAN, RECENT_SCANS } from './freshness.ts';
import { type ListAnswer, type RowReader, readList, readSingle } from './rows.ts';
import { accountRow, organizationRow, scanRow, toAccount, toOrganization, toScan } from './wire-account.ts';

export const accountsCall = (reader: RowReader): UpstreamCall<ListAnswer<CloudAccountModel>> => ({
  endpoint: '/accounts',
  path: '/accounts',
  parse: (body) => readList(reader, '/accounts', accountRow, toAccount, body),
  freshness: ACCOUNTS,
});

export const organizationCall = (reader: RowReader): UpstreamCall<CloudOrganizationModel> => ({
  endpoint: '/organization',
  path: '/organization',
  parse: (body) => toOrganization(reader.source, readSingle(reader, '/organization', organizationRow, body)),
  freshness: ACCOUNTS,
});

export const activeScansCall = (reader: RowReader): UpstreamCall<ListAnswer<ScanModel>> => ({
  endpoint: '/scans/active',
  path: '/scans/active',
  parse: (body) => readList(reader, '/scans/active', scanRow, toScan, body),
  freshness: ACTIVE_SCANS,
});

/** 100 is the server's own cap. */
export const recentScansCall = (reader: RowReader): UpstreamCall<ListAnswer<ScanModel>> => ({
  endpoint: '/scans/recent',
  path: '/scans/recent',
  query: [['limit', '100']],
  parse: (body) => readList(reader, '/scans/recent', scanRow, toScan, body),
  freshness: RECENT_SCANS,
});

/** Answered by one edition only. */
export const scanCall = (reader: RowReader, id: string): UpstreamCall<ScanModel> => ({
  endpoint: '/scans/{id}',
  path: `/scans/${id}`,
  parse: (body) => toScan(reader.source, readSingle(reader, '/scans/{id}', scanRow, body)),
  freshness: ONE_SCAN,
});
