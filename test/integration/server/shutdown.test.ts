import { createSchema } from 'graphql-yoga';
import { describe, expect, it } from 'vitest';
import { startHarness } from '../../support/harness.ts';

describe('closing a gateway', () => {
  it('lets the operation in flight finish, takes no new one, and is not ready meanwhile', async () => {
    const started = Promise.withResolvers<void>();
    const finish = Promise.withResolvers<string>();
    const slow = () => {
      started.resolve();
      return finish.promise;
    };
    const schema = createSchema({ typeDefs: 'type Query { slow: String }', resolvers: { Query: { slow } } });
    const harness = await startHarness({ deps: { schema } });
    const answer = harness.query('{ slow }');
    await started.promise;

    const closed = harness.close();
    await expect(fetch(new URL('/readyz', harness.url))).rejects.toThrow();
    finish.resolve('done');
    expect(await answer).toMatchObject({ status: 200, data: { slow: 'done' } });
    await closed;
  });

  it('cuts what does not finish within the grace', async () => {
    const schema = createSchema({
      typeDefs: 'type Query { never: String }',
      resolvers: { Query: { never: () => new Promise(() => {}) } },
    });
    const harness = await startHarness({ deps: { schema }, config: { server: { shutdownGraceMs: 50 } } });
    const answer = harness.query('{ never }').catch((error: unknown) => error);
    await new Promise((resolve) => setTimeout(resolve, 50));
    await harness.close();
    expect(await answer).toBeInstanceOf(Error);
  });
});
