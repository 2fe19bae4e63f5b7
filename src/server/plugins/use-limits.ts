import { maxAliasesPlugin } from '@escape.tech/graphql-armor-max-aliases';
import { maxDepthPlugin } from '@escape.tech/graphql-armor-max-depth';
import { maxDirectivesPlugin } from '@escape.tech/graphql-armor-max-directives';
import { NoSchemaIntrospectionCustomRule, parse, validate } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { GatewayConfig } from '#config/config.ts';
import { listSizeRule } from './list-size-rule.ts';
import { repeatedFieldRule } from './repeated-field-rule.ts';

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
