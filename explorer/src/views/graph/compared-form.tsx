import { type FormEvent, useId } from 'react';
import { fieldText } from '../../text/times.ts';
import type { GraphAddress } from './graph-params.ts';

export interface ComparedFormProps {
  readonly from: string;
  /** Null: now. */
  readonly to: string | null;
  readonly go: GraphAddress['go'];
}

/** Chooses the two moments. */
export const ComparedForm = ({ from, to, go }: ComparedFormProps) => {
  const [earlier, later] = [useId(), useId()];
  const compare = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    go({ since: isoOf(fields.get('from'), from), until: isoOf(fields.get('to'), to) });
  };
  return (
    <form className="moment-form" onSubmit={compare}>
      <label htmlFor={earlier}>Between</label>
      <input
        id={earlier}
        name="from"
        type="datetime-local"
        step="1"
        required
        defaultValue={fieldText(new Date(from))}
      />
      <label htmlFor={later}>and (empty: now)</label>
      <input
        id={later}
        name="to"
        type="datetime-local"
        step="1"
        defaultValue={to === null ? '' : fieldText(new Date(to))}
      />
      <button type="submit">Compare</button>
    </form>
  );
};

/** @param before stays as it is, to the millisecond, where the field still shows it */
const isoOf = (value: FormDataEntryValue | null, before: string | null): string | null => {
  const time = new Date(String(value));
  if (Number.isNaN(time.getTime())) return null;
  return before !== null && fieldText(new Date(before)) === fieldText(time) ? before : time.toISOString();
};
