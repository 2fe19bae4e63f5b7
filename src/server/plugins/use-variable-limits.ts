import { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { longestList, tooLong } from './list-size-rule.ts';

/** Refuses variables with overlong lists, before the document is parsed. */
export const useVariableLimits = (listSize: number): Plugin => ({
  onParams: ({ params }) => {
    const longest = longestList(params.variables);
    if (longest <= listSize) return;
    const extensions = { code: 'BAD_USER_INPUT', http: { status: 400, spec: true } };
    throw new GraphQLError(tooLong(listSize, longest), { extensions });
  },
});
