/** What a reading consists of. */
export const READING_PARTS = ['ACCOUNT', 'NETWORK', 'FINDINGS', 'RELATIONS', 'DEPENDENCIES', 'LISTS'] as const;

export interface ReadingPartModel {
  readonly kind: (typeof READING_PARTS)[number];
  /** Global id of the account or network. */
  readonly id: string | null;
  /** RFC 3339 */
  readonly readAt: string;
  readonly isWhole: boolean;
}

/** One reading of a source. */
export interface PastReadingModel {
  readonly source: string;
  /** RFC 3339 */
  readonly time: string;
  readonly endedAt: string;
  readonly isComplete: boolean;
  readonly parts: readonly ReadingPartModel[];
}
