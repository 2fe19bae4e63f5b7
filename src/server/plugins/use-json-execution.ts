import type { ExecutionArgs, GraphQLSchema } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { createJsonExecutor } from '#graphql/execution/execute-to-json.ts';
import type { ServerContext } from '../operation-context.ts';

/** Executes straight to JSON what can be; yoga's executor does the rest. To stand before plugins that wrap or replace the execution. */
export const useJsonExecution = (schema: GraphQLSchema): Plugin => {
  const execute = createJsonExecutor(schema);
  return {
    onExecute: ({ executeFn, setExecuteFn }) => {
      setExecuteFn((args: ExecutionArgs) => {
        const result = execute(args);
        if (!result) return executeFn(args as never);
        const { schema: withDirectives, document } = args;
        (args.contextValue as ServerContext).exchange.executed = { schema: withDirectives, document };
        return result;
      });
    },
  };
};
