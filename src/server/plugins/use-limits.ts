import { maxAliasesPlugin } from '@escape.tech/graphql-armor-max-aliases';
import { maxDepthPlugin } from '@escape.tech/graphql-armor-max-depth';
import { maxDirectivesPlugin } from '@escape.tech/graphql-armor-max-directives';
import { NoSchemaIntrospectionCustomRule, parse } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { GatewayConfig } from '#config/config.ts';
import { listSizeRule } from './list-size-rule.ts';

/** Refuses documents that ask for too much, before anything runs. */
export const useLimits = ({ limits, server }: GatewayConfig): Plugin => ({
  onPluginInit: ({ addPlugin }) => {
    addPlugin(maxDepthPlugin({ n: limits.depth, flattenFragments: true }));
    addPlugin(maxAliasesPlugin({ n: limits.aliases }));
    addPlugin(maxDirectivesPlugin({ n: limits.directives }));
  },
  onParse: ({ setParseFn }) => {
    setParseFn((source: Parameters<typeof parse>[0], options?: Parameters<typeof parse>[1]) =>
      parse(source, { ...options, maxTokens: limits.tokens }),
    );
  },
  onValidate: ({ addValidationRule }) => {
    addValidationRule(listSizeRule(limits.listSize));
    if (!server.introspection) addValidationRule(NoSchemaIntrospectionCustomRule);
  },
});
