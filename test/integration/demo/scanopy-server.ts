import { type ScanopyDemo, type ScanopyDemoOptions, startScanopyDemo } from '#demo/scanopy/server.ts';
import type { World } from '#demo/world/types.ts';
import { createWorld } from '#demo/world/world.ts';

export const demoKey = `scp_u_${'0'.repeat(32)}`;
export const START = Date.parse('2026-03-01T12:00:00Z');
export const world: World = createWorld({ now: START });

export type Row = Record<string, unknown>;

export interface Got {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly rows: readonly Row[];
  readonly data: unknown;
  readonly page: { total_count: number; limit: number; offset: number; has_more: boolean };
  readonly body: Row;
}

export const startDemo = (options: Partial<ScanopyDemoOptions> = {}): Promise<ScanopyDemo> =>
  startScanopyDemo({ world: world.network, version: '0.16.0', apiKey: demoKey, rateLimit: false, ...options });

/** One GET below `/api/v1`, or anywhere when the path starts with `/api`. Without a key when it is null. */
export async function get(
  demo: ScanopyDemo,
  path: string,
  authorization: string | null = `Bearer ${demoKey}`,
): Promise<Got> {
  const url = `${demo.url}${path.startsWith('/api') ? '' : '/api/v1'}${path}`;
  const response = await fetch(url, { headers: authorization === null ? {} : { authorization } });
  const text = await response.text();
  const isJson = response.headers.get('content-type') === 'application/json';
  const body = (isJson ? JSON.parse(text) : {}) as Row;
  const meta = (body.meta ?? {}) as Row;
  return {
    status: response.status,
    headers: response.headers,
    text,
    body,
    data: body.data,
    rows: Array.isArray(body.data) ? (body.data as Row[]) : [],
    page: meta.pagination as Got['page'],
  };
}
