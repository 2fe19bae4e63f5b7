import { Notice } from '../../components/notice.tsx';
import { percentText } from '../../text/amounts.ts';

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
    <Notice tone="partial" title="The index is not complete:">
      {unread.map(({ name, index }) => `${percentText(index.coverage)} of ${name} is read`).join(', ')}. Relations may
      be missing here.
    </Notice>
  );
};
