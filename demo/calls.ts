import type { DemoRequest } from './http.ts';

/** One request that reached the server. */
interface DemoCall {
  readonly method: string;
  readonly path: string;
  /** Path with ids replaced, as `/resources/{id}`. */
  readonly endpoint: string;
  /** The last value of every key. */
  readonly query: Readonly<Record<string, string>>;
  /** The status answered; 0 while there is none, and for ever when the connection ended without one. */
  status: number;
  /** By the server's clock, milliseconds since the epoch. */
  readonly at: number;
}

/** What the server itself counted, for tests and benches that promise a number of calls. */
export interface CallLog {
  readonly calls: readonly DemoCall[];
  /** Number of calls, of one endpoint or of all. */
  countOf(endpoint?: string): number;
  resetCalls(): void;
  record(request: DemoRequest, endpoint: string, at: number): DemoCall;
}

export function createCallLog(): CallLog {
  const calls: DemoCall[] = [];
  return {
    calls,
    countOf: (endpoint) =>
      endpoint === undefined ? calls.length : calls.filter((call) => call.endpoint === endpoint).length,
    resetCalls: () => {
      calls.length = 0;
    },
    record({ method, path, query }, endpoint, at) {
      const call: DemoCall = { method, path, endpoint, query: Object.fromEntries(query), status: 0, at };
      calls.push(call);
      return call;
    },
  };
}
