/** Asks for a lease, and holds one in the answer. Only between the main thread and its answering threads: theirs is the only way in. */
export const LEASE_HEADER = 'x-inventory-lease';

/** No longer than this after the main thread has answered, so that it soon learns of who asks and how often. */
export const LEASE_MS = 100;

/** Longer answers are written as they come, and not repeated; in bytes as they are sent. */
export const LONGEST_REPEATED = 1_000_000;

/** The permission to answer an equal request with the same bytes, without asking the main thread. */
export interface Lease {
  readonly id: number;
  /** It holds while {@link changesSoFar} is this number. */
  readonly changes: number;
  /** Epoch milliseconds at which it ends, by the clock of the machine: threads know no other. */
  readonly until: number;
  /** So many times; they are taken from what the rate limit leaves the caller. */
  readonly operations: number;
}

export const leaseText = ({ id, changes, until, operations }: Lease): string =>
  [id, changes, until, operations].join(' ');

export const leaseFrom = (text: string): Lease => {
  const [id = 0, changes = 0, until = 0, operations = 0] = text.split(' ').map(Number);
  return { id, changes, until, operations };
};

/** How a lease was used, once it has ended. */
export interface LeaseReport {
  readonly id: number;
  /** How long each answer took. */
  readonly seconds: readonly number[];
}

/** What an answering thread is told when it starts. */
export interface ThreadOptions {
  readonly host: string;
  readonly port: number;
  /** Of the main thread. */
  readonly socketPath: string;
  readonly keepAliveMs: number;
  readonly changes: Int32Array;
}

export type ToThread = { readonly kind: 'CLOSE'; readonly graceMs: number };

export type FromThread =
  | { readonly kind: 'LISTENING'; readonly port: number }
  | { readonly kind: 'FAILED'; readonly code: string }
  | { readonly kind: 'ENDED'; readonly leases: readonly LeaseReport[] };
