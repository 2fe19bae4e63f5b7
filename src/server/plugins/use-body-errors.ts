import { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';

const IN_ADDRESS = 'Expected "variables" and "extensions" in the address to be JSON objects, got something else.';
const IN_BODY = 'Expected a JSON object with the member "query", got something else.';

/** Replaces the parser's message for a request that cannot be read: it reveals the parser and repeats what was sent. */
export const useBodyErrors = (): Plugin => ({
  onRequestParse: ({ request: { method }, requestParser, setRequestParser }) => {
    if (!requestParser) return;
    setRequestParser(async (request) => {
      try {
        return await requestParser(request);
      } catch (error) {
        if (isTooLarge(error)) throw error;
        const extensions = { code: 'BAD_USER_INPUT', http: { status: 400 } };
        throw new GraphQLError(method === 'GET' ? IN_ADDRESS : IN_BODY, { extensions });
      }
    });
  },
});

/** A body may turn out to be too large while it is read. That error stays as it is. */
const isTooLarge = (error: unknown): boolean =>
  error instanceof GraphQLError && error.extensions.code === 'REQUEST_ENTITY_TOO_LARGE';
