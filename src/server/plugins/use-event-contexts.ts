import { createSourceEventStream, type ExecutionArgs, type ExecutionResult, execute } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { RequestContext } from '#loading/context.ts';
import type { Sources } from '#sources/create-sources.ts';
import type { Clock } from '#sources/transport/clock.ts';
import type { ServerContext } from '../operation-context.ts';

/**
 * Executes every event of a subscription in a context of its own, with a deadline that starts at the event, with empty loaders and
 * with the sources that there are then.
 * Costs, and errors that are reported beside data, are still collected for the subscription as a whole.
 */
export const useEventContexts = (sources: Sources, timeoutMs: number, clock: Clock): Plugin => ({
  onSubscribe: ({ setSubscribeFn }) => {
    setSubscribeFn(async (args: ExecutionArgs) => {
      const events = await createSourceEventStream(args);
      if (!(Symbol.asyncIterator in events)) return events;
      return mapped(events[Symbol.asyncIterator](), (event) => {
        const context = args.contextValue as RequestContext & ServerContext;
        const scope = { ...context.scope, deadlineAt: clock.now() + timeoutMs };
        return execute({
          ...args,
          rootValue: event,
          contextValue: { ...context, scope, sources: sources.forViewer(context.viewer) },
        });
      });
    });
  },
});

/** Intentionally not an async generator: its `return()` would wait for the next event before it ends the source. */
const mapped = (
  events: AsyncIterator<unknown>,
  answer: (event: unknown) => ExecutionResult | Promise<ExecutionResult>,
): AsyncIterableIterator<ExecutionResult> => {
  const done = { value: undefined, done: true } as const;
  return {
    next: async () => {
      const event = await events.next();
      return event.done ? done : { value: await answer(event.value), done: false };
    },
    return: async () => {
      await events.return?.();
      return done;
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
};
