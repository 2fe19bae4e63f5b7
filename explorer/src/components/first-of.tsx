import { countText } from '../text/amounts.ts';

export interface FirstOfProps {
  readonly shown: number;
  readonly total: number;
}

/** Below a list that does not hold everything. */
export const FirstOf = ({ shown, total }: FirstOfProps) =>
  total > shown && (
    <p className="quiet">
      The first {countText(shown)} of {countText(total)} are shown.
    </p>
  );
