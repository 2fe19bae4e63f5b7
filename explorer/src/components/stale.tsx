import { durationText } from '../text/times.ts';
import { Notice } from './notice.tsx';

/** Above an answer that holds what was read before, in place of what could not be read. */
export const Stale = ({ seconds, onRetry }: { readonly seconds: number; readonly onRetry: () => void }) => (
  <Notice
    tone="stale"
    title="Out of date."
    action={
      <button type="button" onClick={onRetry}>
        Read again
      </button>
    }
  >
    Answered from what was read {durationText(seconds)} ago, because its source cannot be asked now.
  </Notice>
);
