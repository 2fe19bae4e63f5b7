import type { GraphQLError } from 'graphql';
import { type FormEvent, useId } from 'react';
import { hasKey, saveKeys } from '../api/key.ts';

/** API keys and JWTs travel in the same header. */
const ONE_KEY = 'Authorization';
const OF_SOURCE = 'X-Source-Key-';

/** Asks for the caller's key where the gateway wants one, or for one of each source. The page starts anew with it, so that nothing of another caller stays in memory. */
export const KeyForm = ({ refusal: { extensions } }: { readonly refusal: GraphQLError }) => {
  const headers = (extensions.keyHeaders as readonly string[] | undefined) ?? [ONE_KEY];
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const given = headers
      .map((header) => [header, String(form.get(header)).trim()] as const)
      .filter(([, key]) => key !== '')
      .map(([header, key]) => [header, header === ONE_KEY ? `Bearer ${key}` : key]);
    if (given.length === 0) return;
    saveKeys(Object.fromEntries(given));
    location.reload();
  };
  const wanted = extensions.keyHeaders
    ? 'This gateway wants your own key of at least one source.'
    : 'This gateway wants a key.';
  return (
    <main className="narrow">
      <h1>Who is asking?</h1>
      <p>{hasKey() ? 'The gateway refused this key.' : wanted}</p>
      <form onSubmit={submit}>
        {headers.map((header) => (
          <KeyField key={header} header={header} isRequired={headers.length === 1} />
        ))}
        <button type="submit">Continue</button>
      </form>
    </main>
  );
};

const KeyField = ({ header, isRequired }: { readonly header: string; readonly isRequired: boolean }) => {
  const field = useId();
  return (
    <>
      <label htmlFor={field}>
        {header.startsWith(OF_SOURCE) ? `Key of ${header.slice(OF_SOURCE.length)}` : 'API key or token'}
      </label>
      <input
        id={field}
        name={header}
        type="password"
        autoComplete="off"
        required={isRequired}
        // What a header can hold: the browser refuses to send any other.
        pattern="[ -~]+"
        title="ASCII characters only"
      />
    </>
  );
};
