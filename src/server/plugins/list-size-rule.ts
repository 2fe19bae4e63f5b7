import { GraphQLError, type ValidationRule } from 'graphql';

/** Lists written into the document. Lists in variables are measured by {@link longestList}. */
export const listSizeRule = (limit: number): ValidationRule =>
  function ListSize(context) {
    return {
      ListValue(node) {
        if (node.values.length <= limit) return;
        context.reportError(
          new GraphQLError(tooLong(limit, node.values.length), { nodes: node, extensions: { code: 'BAD_USER_INPUT' } }),
        );
      },
    };
  };

export const tooLong = (limit: number, length: number): string =>
  `Expected lists of at most ${limit} items, got ${length}.`;

/** Length of the longest list anywhere in a JSON value. */
export const longestList = (value: unknown): number => {
  if (typeof value !== 'object' || value === null) return 0;
  const own = Array.isArray(value) ? value.length : 0;
  return Object.values(value).reduce<number>((longest, item) => Math.max(longest, longestList(item)), own);
};
