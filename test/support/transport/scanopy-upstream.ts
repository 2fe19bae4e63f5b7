import type { NetworkClient } from '#sources/network-client.ts';
import { createScanopyClient, type InvalidRowsReport } from '#sources/scanopy/create-client.ts';
import { transportTo } from './arrange.ts';
import { type HttpUpstream, httpUpstream, json } from './http-upstream.ts';

export const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

const STAMPS = { created_at: '2026-01-15T10:30:00.123456789Z', updated_at: '2026-01-15T10:30:00Z' };

/** A host as 0.16 and later send it, with the least in it. */
export const hostRow = (n: number, more: object = {}): object => ({
  id: uuid(n),
  ...STAMPS,
  network_id: uuid(900),
  name: `host-${n}`,
  hostname: null,
  description: null,
  hidden: false,
  source: { type: 'Manual' },
  tags: [],
  ip_addresses: [],
  interfaces: [],
  ports: [],
  services: [],
  ...more,
});

export const serviceRow = (n: number, more: object = {}): object => ({
  id: uuid(n),
  ...STAMPS,
  network_id: uuid(900),
  host_id: uuid(1),
  name: `service-${n}`,
  service_definition: 'Docker',
  position: 0,
  source: { type: 'Manual' },
  tags: [],
  bindings: [],
  ...more,
});

export const page = (version: string, rows: readonly unknown[], total = rows.length): object => ({
  success: true,
  data: rows,
  meta: {
    api_version: 1,
    server_version: version,
    pagination: { total_count: total, limit: 50, offset: 0, has_more: true },
  },
});

/** What to answer, by path and query: a JSON body, or a status and text. */
export type Script = (url: URL, call: number) => object | { status: number; type: string; text: string };

export interface Arranged {
  readonly client: NetworkClient;
  readonly upstream: HttpUpstream;
  readonly reports: InvalidRowsReport[];
}

/** A client over a server that answers by script. */
export const arrange = async (script: Script): Promise<Arranged> => {
  const upstream = await httpUpstream((request, response, call) => {
    const answer = script(new URL(request.url ?? '/', 'http://upstream'), call);
    if (!('type' in answer && 'text' in answer && 'status' in answer)) return json(response, answer);
    response.writeHead(Number(answer.status), { 'content-type': String(answer.type) }).end(answer.text);
  });
  const reports: InvalidRowsReport[] = [];
  const transport = transportTo(new URL(upstream.baseUrl).origin, { source: 'net' });
  const client = createScanopyClient({ transport, onInvalidRows: (report) => reports.push(report) });
  return { client, upstream, reports };
};

export const html = { status: 200, type: 'text/html', text: '<!doctype html><title>Scanopy</title>' };
export const notFound = { status: 404, type: 'text/plain', text: '' };
export const broken = { status: 500, type: 'application/json', text: '{"success":false,"error":"relation \\"x\\""}' };
export const badQuery = { status: 400, type: 'text/plain', text: 'Failed to deserialize query string: ids' };
