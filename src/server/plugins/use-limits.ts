import { maxAliasesPlugin } from '@escape.tech/graphql-armor-max-aliases';
import { maxDepthPlugin } from '@escape.tech/graphql-armor-max-depth';
import { maxDirectivesPlugin } from '@escape.tech/graphql-armor-max-directives';
import {
  type FieldNode,
  GraphQLError,
  NoSchemaIntrospectionCustomRule,
  parse,
  type SelectionSetNode,
  type ValidationRule,
  validate,
} from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { GatewayConfig } from '#config/config.ts';

/** Validation stops after this many errors, with a last one that says so. A document with many errors would cost much time. */
const MOST_ERRORS = 5;

/** Refuses documents that ask for too much, before anything runs. */
export const useLimits = ({ limits, server }: GatewayConfig): Plugin => ({
  onPluginInit: ({ addPlugin }) => {
    addPlugin(maxDepthPlugin({ n: limits.depth, flattenFragments: true }));
    addPlugin(maxAliasesPlugin({ n: limits.aliases, allowList: [] }));
    addPlugin(maxDirectivesPlugin({ n: limits.directives }));
  },
  onParse: ({ setParseFn }) => {
    setParseFn((source: Parameters<typeof parse>[0], options?: Parameters<typeof parse>[1]) =>
      parse(source, { ...options, maxTokens: limits.tokens }),
    );
  },
  onValidate: ({ addValidationRule, setValidationFn }) => {
    setValidationFn((...[schema, document, rules]: Parameters<typeof validate>) =>
      validate(schema, document, rules, { maxErrors: MOST_ERRORS }),
    );
    addValidationRule(repeatedFieldRule(limits.aliases));
    addValidationRule(listSizeRule(limits.listSize));
    if (!server.introspection) addValidationRule(NoSchemaIntrospectionCustomRule);
  },
});

/** Refuses variables with overlong lists, before the document is parsed. */
export const useVariableLimits = (listSize: number): Plugin => ({
  onParams: ({ params }) => {
    const longest = longestList(params.variables);
    if (longest <= listSize) return;
    const extensions = { code: 'BAD_USER_INPUT', http: { status: 400, spec: true } };
    throw new GraphQLError(tooLong(listSize, longest), { extensions });
  },
});

/** Lists written into the document. Lists in variables are measured by {@link longestList}. */
const listSizeRule = (limit: number): ValidationRule =>
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

const tooLong = (limit: number, length: number): string => `Expected lists of at most ${limit} items, got ${length}.`;

/** Length of the longest list anywhere in a JSON value. */
export const longestList = (value: unknown): number => {
  if (typeof value !== 'object' || value === null) return 0;
  const own = Array.isArray(value) ? value.length : 0;
  return Object.values(value).reduce<number>((longest, item) => Math.max(longest, longestList(item)), own);
};

/** Limits how often one selection set may contain the same field: validating and merging it costs as much as that many aliases. */
const repeatedFieldRule = (limit: number): ValidationRule =>
  function RepeatedField(context) {
    return {
      SelectionSet(node) {
        const most = mostNamed(node);
        const [first] = most;
        if (!first || most.length <= limit) return;
        const message = `Expected a field at most ${limit} times in one selection, got ${most.length}.`;
        context.reportError(new GraphQLError(message, { nodes: first, extensions: { code: 'BAD_USER_INPUT' } }));
      },
    };
  };

const responseName = ({ alias, name }: FieldNode): string => (alias ?? name).value;

/** The field that is named most often, as often as it is. */
const mostNamed = ({ selections }: SelectionSetNode): readonly FieldNode[] => {
  const fields = selections.filter((selection) => selection.kind === 'Field');
  return [...Map.groupBy(fields, responseName).values()].reduce(
    (most, of) => (of.length > most.length ? of : most),
    [],
  );
};
