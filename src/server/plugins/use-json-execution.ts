import type { GraphQLSchema } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { createJsonExecutor, type ExecutionRequest } from '#graphql/execution/execute-to-json.ts';

/** Executes straight to JSON what can be; yoga's executor does the rest. To stand before plugins that wrap or replace the execution. */
export const useJsonExecution = (schema: GraphQLSchema): Plugin => {
  const execute = createJsonExecutor(schema);
  return {
    onExecute: ({ executeFn, setExecuteFn }) => {
      setExecuteFn((args: ExecutionRequest) => execute(args) ?? executeFn(args as never));
    },
  };
};
