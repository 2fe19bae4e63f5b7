import { type FormEvent, useId } from 'react';
import { addressAt } from '../api/moment.ts';
import { fieldText } from '../text/times.ts';

export interface MomentFormProps {
  /** What it begins with; null: now. */
  readonly time: string | null;
  /** Where it leads instead of to the same view. */
  readonly pathname?: string;
}

/** Asks for a moment, and shows the inventory as it was then. */
export const MomentForm = ({ time, pathname }: MomentFormProps) => {
  const field = useId();
  const show = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const chosen = new FormData(event.currentTarget).get('time');
    const at = new Date(String(chosen));
    if (Number.isNaN(at.getTime())) return;
    location.assign(addressAt(at.toISOString(), pathname === undefined ? location : { pathname, search: '' }));
  };
  return (
    <form className="moment-form" onSubmit={show}>
      <label htmlFor={field}>As it was at</label>
      <input
        id={field}
        name="time"
        type="datetime-local"
        step="1"
        required
        defaultValue={fieldText(time === null ? new Date() : new Date(time))}
        max={fieldText(new Date())}
      />
      <button type="submit">Show</button>
    </form>
  );
};
