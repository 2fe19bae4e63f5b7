import { type FormEvent, useId } from 'react';
import { saveKey } from '../api/key.ts';

/** Asks for the caller's key where the gateway wants one. The page starts anew with it, so that nothing of another caller stays in memory. */
export const KeyForm = ({ wasRefused }: { readonly wasRefused: boolean }) => {
  const field = useId();
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const key = new FormData(event.currentTarget).get('key');
    if (typeof key !== 'string' || key.trim() === '') return;
    saveKey(key.trim());
    location.reload();
  };
  return (
    <main className="narrow">
      <h1>Who is asking?</h1>
      <p>{wasRefused ? 'The gateway refused this key.' : 'This gateway wants a key.'}</p>
      <form onSubmit={submit}>
        <label htmlFor={field}>API key or token</label>
        <input id={field} name="key" type="password" autoComplete="off" required />
        <button type="submit">Continue</button>
      </form>
    </main>
  );
};
