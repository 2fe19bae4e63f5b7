import type { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { useResultHook } from './use-result-hook.ts';

/** Removes "Did you mean …" from errors about documents and variables, unless suggestions are on: it reveals names of the schema. */
export const useFieldSuggestions = (shown: boolean): Plugin => {
  const hide = (errors: readonly GraphQLError[] = []): void => {
    if (shown) return;
    for (const error of errors) error.message = error.message.replace(/ Did you mean .+\?$/s, '');
  };
  return {
    ...useResultHook(({ errors }) => hide(errors)),
    onValidate:
      () =>
      ({ valid, result }) => {
        if (!valid) hide(result as readonly GraphQLError[]);
      },
  };
};
