import type { RecordRef } from '#lib/record-ref.ts';

/** What is kept. An `Edge` is a relation of a resource as its source reports it. The order is stored: new ones go to the end. */
export const HISTORY_TYPES = [
  ...(['Resource', 'Host', 'Service', 'Finding', 'Edge', 'ServiceDependency'] as const),
  ...(['CloudAccount', 'Scan', 'Network', 'Subnet', 'NetworkTag', 'Vlan', 'Daemon', 'Discovery'] as const),
] as const;
export type HistoryType = (typeof HISTORY_TYPES)[number];

export type HistoryRef = RecordRef<HistoryType>;

/** A source with its credential. Another organization under the same name has another identity, and another past. */
export interface HistorySource {
  readonly name: string;
  readonly identity: string;
}

/** Fields of a record, without its reference and without times that move with every scan. */
export type HistoryValue = Readonly<Record<string, unknown>>;

/** An account, a network, or a list of which the whole is read at once. */
export interface ReadingPart {
  readonly name: string;
  /** When it was last read. Unless that is later than the last reading that had it whole, the rows are those of before. */
  readonly readAt: number;
  /** What is not among the rows is not there; else rows are missing. */
  readonly isWhole: boolean;
}

/** One reading of a source. Times are epoch milliseconds. */
export interface Reading {
  readonly source: HistorySource;
  /** Names it within the source. */
  readonly id: string;
  /** The moment it is of; later readings of a source have later ones. */
  readonly at: number;
  readonly endedAt: number;
  /** Nothing that the source holds is missing. */
  readonly isComplete: boolean;
  readonly parts: readonly ReadingPart[];
  /** JSON of what else the reading says of itself. The store does not read it. */
  readonly about: string;
}

export interface HistoryRow {
  readonly id: string;
  readonly part: string;
  /** Id of the record that it belongs to: the host of a service, the resource of an edge or a finding. */
  readonly owner: string | null;
  /** JSON of its {@link HistoryValue}. */
  readonly value: string;
  /** JSON of the fields that move with every scan: they make no version, and are kept as each reading had them. Null: none. */
  readonly sighting: string | null;
}

/** Some rows of one type. */
export interface HistoryRows {
  readonly type: HistoryType;
  readonly rows: readonly HistoryRow[];
  /** Edges only: of these resources the relations were read, and all of them are in `rows`. */
  readonly owners?: readonly string[];
}

/** Their order is stored: new ones go to the end. */
export const VERSION_KINDS = ['FIRST', 'ADDED', 'CHANGED', 'REMOVED', 'REOPENED'] as const;
/**
 * FIRST: it was there when its account, network or list was read for the first time. REOPENED: a finding that was resolved is open
 * again, which its source does when a scan detects it again.
 */
export type VersionKind = (typeof VERSION_KINDS)[number];

/** How a record was for some time. Times are epoch milliseconds. */
export interface HistoryVersion extends HistoryRef {
  /** Later ones have higher numbers. */
  readonly number: number;
  readonly kind: VersionKind;
  /** The reading that showed it first. */
  readonly from: number;
  /** The reading before, when it was not so yet; null when there was none. */
  readonly since: number | null;
  /** The reading that showed it no more; null: the newest shows it. */
  readonly until: number | null;
  /** Null: it was not there. */
  readonly value: HistoryValue | null;
  /** What it was before; null: not there, or not known any more. */
  readonly before: HistoryValue | null;
}

export interface VersionQuery {
  /** The sources that exist for whoever asks. Nothing of any other is given. */
  readonly visible: readonly HistorySource[];
  /** @default every record */
  readonly record?: HistoryRef;
  readonly types?: readonly HistoryType[];
  readonly kinds?: readonly VersionKind[];
  /** Name of a source. */
  readonly source?: string;
  /** Only what began after it. */
  readonly since?: number;
  /** Only what began at it or earlier. */
  readonly until?: number;
}

/** Where a version stands among those that are newest first. */
export type VersionPlace = Pick<HistoryVersion, 'from' | 'number'>;

export interface VersionCut {
  /** Only older ones. */
  readonly after?: VersionPlace | null;
  /** Only newer ones. */
  readonly before?: VersionPlace | null;
  readonly limit: number;
  /** The oldest of them instead of the newest. */
  readonly fromEnd?: boolean;
}

export type ReadingQuery = Pick<VersionQuery, 'visible' | 'source' | 'since' | 'until'>;

export interface PastReading {
  readonly source: string;
  readonly at: number;
  readonly endedAt: number;
  readonly isComplete: boolean;
  /** What was read. What is not among them, or not whole, is not known of this reading. */
  readonly parts: readonly { readonly name: string; readonly isWhole: boolean }[];
}

/** A source as one reading had it. */
export interface PastState {
  /** The newest one of that moment or earlier. */
  readonly reading: Omit<PastReading, 'parts'> & { readonly about: string };
  /** Of what it consists, with the last reading that had it. */
  readonly parts: readonly ReadingPart[];
  /** Ids of the resources whose relations are known, in the order in which they were given. */
  readonly edgeOwners: readonly string[];
  /** To be asked for once: by type, in the order in which they were given. */
  readonly rows: AsyncIterable<readonly PastRow[]>;
}

export interface PastRow {
  readonly type: HistoryType;
  readonly id: string;
  /** Where it belongs to now, if it moved; an edge never does. */
  readonly owner: string | null;
  readonly part: string;
  /** With what moves with every scan, unless the reading was kept before that was. */
  readonly value: HistoryValue;
}

/** Keeps what the index has read. Every method may throw a {@link HistoryError}. */
export interface HistoryStore {
  /**
   * Adds what appeared, changed and vanished since the last reading of the source: all of it or, if it fails, nothing. Confirmed once it
   * resolves: then it survives a crash.
   * @param rows asked for one after the other, as the store takes them
   * @returns false when the store has this reading or a later one; then nothing is added.
   */
  append(reading: Reading, rows: Iterable<HistoryRows>): Promise<boolean>;
  /** Newest first. */
  versions(query: VersionQuery, cut: VersionCut): Promise<readonly HistoryVersion[]>;
  count(query: VersionQuery): Promise<number>;
  /** Newest first: between them nothing is known. */
  readings(query: ReadingQuery, limit: number, offset?: number): Promise<readonly PastReading[]>;
  countReadings(query: ReadingQuery): Promise<number>;
  /** The source at that moment, whatever is added meanwhile. Null: nothing is known that early. */
  at(source: HistorySource, time: number): Promise<PastState | null>;
  /** By name of a source, the earliest moment of which something is known. */
  earliest(visible: readonly HistorySource[]): Promise<ReadonlyMap<string, number>>;
  /** Forgets what ended before `before`, and then the oldest until the rest takes at most `maxBytes`; never what is so now. */
  retain(limits: { readonly before: number; readonly maxBytes: number }): Promise<void>;
  /** Another number whenever this process added a reading, or may have forgotten some. */
  revision(): number;
  close(): Promise<void>;
}

/** The store could not answer or take what it was given. */
export class HistoryError extends Error {
  override readonly name = 'HistoryError';
}
