import { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';

const IN_ADDRESS = 'Expected "variables" and "extensions" in the address to be JSON objects, got something else.';
const IN_BODY = 'Expected a JSON object with the member "query", got something else.';

/** Says in our own words that a request could not be read: a parser's words tell of the parser, and repeat what was sent. */
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

/** The bytes are counted while they are read. */
const isTooLarge = (error: unknown): boolean =>
  error instanceof GraphQLError && error.extensions.code === 'REQUEST_ENTITY_TOO_LARGE';
