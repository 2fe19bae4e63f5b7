import type { CombinedError } from 'urql';
import { problemsOf } from '../api/problems.ts';

export interface UnknownProps {
  readonly error: CombinedError | undefined;
  /** The field that is null. */
  readonly field: string;
}

/** Stands for a part that did not come: what is not known is not shown as none. */
export const Unknown = ({ error, field }: UnknownProps) => (
  <p className="quiet">{problemsOf(error, [field])[0]?.message ?? 'Not known.'}</p>
);
