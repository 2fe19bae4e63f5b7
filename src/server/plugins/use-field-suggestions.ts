import type { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';

/** Without suggestions, "Did you mean …" does not tell strangers what the schema holds. */
export const useFieldSuggestions = (shown: boolean): Plugin => ({
  onValidate: () => {
    if (shown) return undefined;
    return ({ valid, result }) => {
      if (valid) return;
      for (const error of result as readonly GraphQLError[])
        error.message = error.message.replace(/ Did you mean .+\?$/s, '');
    };
  },
});
