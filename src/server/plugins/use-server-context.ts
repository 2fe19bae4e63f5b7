import type { Plugin } from 'graphql-yoga';
import type { ServerContext } from '../operation-context.ts';

const contexts = new WeakMap<Request, ServerContext>();

/** What was decided of a request before yoga has it. Given to yoga itself, it would be copied with great care, property by property. */
export const setServerContext = (request: Request, context: ServerContext): void => {
  contexts.set(request, context);
};

export const useServerContext = (): Plugin => ({
  onRequest: ({ request, serverContext }) => {
    Object.assign(serverContext, contexts.get(request));
  },
});
