import type { ScanOrbitDemo } from '#demo/scanorbit/server.ts';

export interface Told {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Whatever JSON came; undefined when it was none. */
  readonly body: ReturnType<typeof JSON.parse>;
}

/** One request with the demo's own key; `path` starts below the base URL. */
export async function ask(demo: ScanOrbitDemo, path: string, init: RequestInit = {}): Promise<Told> {
  return askUrl(`${demo.url}${path}`, { ...init, headers: { 'x-api-key': demo.apiKey, ...init.headers } });
}

export async function askUrl(url: string, init: RequestInit = {}): Promise<Told> {
  const response = await fetch(url, { signal: AbortSignal.timeout(10_000), ...init });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: parsed(text) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
