import type { DemoRequest } from './http.ts';

export type FaultKind =
  | 'status-500'
  | 'pool-exhausted'
  | 'status-503'
  | 'status-429'
  | 'unauthorized'
  | 'timeout-before-headers'
  | 'stalled-body'
  | 'slow-drip'
  | 'reset'
  | 'truncated-json'
  | 'html-200'
  | 'wrong-shape'
  | 'empty-body'
  | 'huge-body'
  | 'invalid-rows';

export interface Fault {
  readonly kind: FaultKind;
  /** Tested against the path with its query, as sent. @default every request */
  readonly match?: RegExp | ((request: DemoRequest) => boolean);
  /** How many requests it spoils. @default all, until `clear` */
  readonly times?: number;
  /** For `status-429`: seconds, an HTTP date half a minute ahead, or no such header. @default 1 */
  readonly retryAfter?: number | 'date' | 'absent';
  /** For `status-429`: further headers, such as the product's own. @default none */
  readonly headers?: Readonly<Record<string, string>>;
  /** For `pool-exhausted`: until the answer (@default 2000). For `slow-drip`: between two bytes (@default 50). */
  readonly delayMs?: number;
  /** For `huge-body`. @default 64 MiB */
  readonly bytes?: number;
}

/** Faults wait here for the requests they will spoil; the first that matches is taken. */
export interface Faults {
  add(fault: Fault): void;
  clear(): void;
}

export interface FaultQueue extends Faults {
  take(request: DemoRequest): Fault | undefined;
}

export function createFaults(): FaultQueue {
  let waiting: { fault: Fault; left: number }[] = [];
  return {
    add(fault) {
      waiting.push({ fault, left: fault.times ?? Number.POSITIVE_INFINITY });
    },
    clear() {
      waiting = [];
    },
    take(request) {
      const entry = waiting.find(({ fault, left }) => left > 0 && matches(fault, request));
      if (entry === undefined) return undefined;
      entry.left -= 1;
      return entry.fault;
    },
  };
}

function matches({ match }: Fault, request: DemoRequest): boolean {
  if (match === undefined) return true;
  if (typeof match === 'function') return match(request);
  const url = request.rawQuery === '' ? request.path : `${request.path}?${request.rawQuery}`;
  return url.search(match) !== -1;
}
