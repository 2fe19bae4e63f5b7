import { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { ServerContext } from '../operation-context.ts';
import { RateLimiter, type RateOptions } from './rate-limiter.ts';

/** Refuses operations of a viewer who sends too many, before they are parsed. `refused` is called with the error code. */
export const useRateLimit = (rate: RateOptions | null, refused: (code: string) => void): Plugin => {
  const limiter = rate && new RateLimiter(rate);
  return {
    onParams: ({ context }) => {
      const { viewer } = context as unknown as ServerContext;
      const retryAfterSeconds = limiter?.take(`${viewer.tenant ?? ''} ${viewer.id}`) ?? null;
      if (!rate || retryAfterSeconds === null) return;
      const code = 'RATE_LIMITED';
      refused(code);
      const message = `Expected at most ${rate.operations} operations in ${rate.windowSeconds} seconds; come back in ${retryAfterSeconds}.`;
      const http = { status: 429, headers: { 'retry-after': String(retryAfterSeconds) } };
      throw new GraphQLError(message, { extensions: { code, retryAfterSeconds, http } });
    },
  };
};
