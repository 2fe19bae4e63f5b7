import type { Command } from '../servers/process.ts';
import type { Workload } from './workloads.ts';

export interface Upstream {
  readonly url: string;
  readonly apiKey: string;
  readonly headers: Readonly<Record<string, string>>;
}
export type Upstreams = Readonly<Record<'scanorbit' | 'scanopy', Upstream>>;

/** A server that is measured. */
export interface Contender {
  readonly name: string;
  readonly version: string;
  readonly speaks: 'ours' | 'theirs';
  /** Sent with every question. */
  readonly headers: Readonly<Record<string, string>>;
  /** What to run so that it listens on this port of 127.0.0.1; files it needs go into the folder. */
  command(port: number, folder: string): Promise<Command>;
  /** Waits until it has done what it does once after a start. @default nothing */
  untilSettled?(url: string): Promise<void>;
}

/** Variables of `first` rows from row `offset` on, or of the page of that size in which this row is. */
export const variablesFor = (speaks: Contender['speaks'], of: Workload['of'], first: number, offset: number): object =>
  speaks === 'ours'
    ? { first, after: offset > 0 ? Buffer.from(`offset:${offset - 1}`).toString('base64url') : null }
    : of === 'hosts'
      ? { limit: first, offset }
      : { limit: first, page: Math.floor(offset / first) + 1 };
