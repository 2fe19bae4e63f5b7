export interface IndexNoteProps {
  readonly sources: readonly {
    readonly name: string;
    readonly index: { readonly complete: boolean; readonly coverage: number };
  }[];
}

/** Relations come from the index: where that is not complete, what is not shown may exist all the same. */
export const IndexNote = ({ sources }: IndexNoteProps) => {
  const unread = sources.filter(({ index }) => !index.complete);
  if (unread.length === 0) return null;
  return (
    <p role="status" className="graph-note incomplete">
      <strong>The index is not complete.</strong>{' '}
      {unread.map(({ name, index }) => `${Math.floor(index.coverage * 100)} % of ${name} is read`).join(', ')}:
      relations may be missing here.
    </p>
  );
};
