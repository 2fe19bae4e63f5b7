import { type ExecutionArgs, type ExecutionResult, execute } from 'graphql';
import type { Plugin } from 'graphql-yoga';

export type Executor = (args: ExecutionArgs) => Promise<ExecutionResult>;

type Hook = (payload: {
  readonly args: ExecutionArgs;
  readonly context: unknown;
  readonly executeFn: typeof execute;
  readonly setExecuteFn: (executeFn: typeof execute) => void;
}) => After | undefined | Promise<After | undefined>;

interface After {
  readonly onExecuteDone?: (payload: { readonly args: ExecutionArgs; readonly result: ExecutionResult }) => void;
}

/** Executes as yoga does with these plugins, hook by hook in the same order, what was parsed and validated before. */
export const executorOf = (plugins: readonly Pick<Plugin<Record<string, unknown>>, 'onExecute'>[]): Executor => {
  const hooks = plugins.flatMap(({ onExecute }) => (onExecute ? [onExecute as unknown as Hook] : []));
  return async (args) => {
    let executeFn = execute;
    const setExecuteFn = (by: typeof execute) => {
      executeFn = by;
    };
    const context = args.contextValue;
    const done: NonNullable<After['onExecuteDone']>[] = [];
    for (const hook of hooks) {
      const given = hook({ args, context, executeFn, setExecuteFn });
      const after = given instanceof Promise ? await given : given;
      if (after?.onExecuteDone) done.push(after.onExecuteDone);
    }
    const result = await executeFn(args);
    for (const onExecuteDone of done) onExecuteDone({ args, result });
    return result;
  };
};
