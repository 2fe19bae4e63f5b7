import type { ExecutionResult } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { RequestContext } from '#loading/context.ts';

/** Mutable view of a result, one payload of a stream included. */
export type Payload = {
  -readonly [Key in keyof ExecutionResult]: ExecutionResult[Key];
} & { incremental?: { errors?: ExecutionResult['errors'] }[] };

type Operation = RequestContext & { readonly requestId: string };

/** Lets `change` edit every payload of every operation: the single result, or each one of a stream. */
export const useResultHook = (change: (payload: Payload, context: Operation) => void): Plugin => {
  const editor = (context: unknown) => (result: object) => {
    const edit = (payload: object) => change(payload as Payload, context as Operation);
    if (Symbol.asyncIterator in result)
      return { onNext: ({ result: next }: { readonly result: object }) => edit(next) };
    edit(result);
    return undefined;
  };
  return {
    onExecute: ({ args }) => {
      const edit = editor(args.contextValue);
      return { onExecuteDone: ({ result }) => edit(result) };
    },
    onSubscribe: ({ args }) => {
      const edit = editor(args.contextValue);
      return { onSubscribeResult: ({ result }) => edit(result) };
    },
  };
};
