interface Indexed {
  readonly index: { readonly complete: boolean; readonly startedAt: string | null };
}

/** Whether the index has begun to read a source: it may be off, and reads nothing with the keys of callers. */
export const hasIndex = ({ index: { complete, startedAt } }: Indexed): boolean => complete || startedAt !== null;
