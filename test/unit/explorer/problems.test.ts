import { CombinedError } from '@urql/core';
import { expect, it } from 'vitest';
import { problemsOf } from '../../../explorer/src/api/problems.ts';

const errorOf = (...of: readonly { message: string; code: string; path?: string[]; retryAfterSeconds?: number }[]) =>
  new CombinedError({
    graphQLErrors: of.map(({ message, path, ...extensions }) => ({ message, path, extensions })),
  });

it('keeps apart what waiting helps with, what is refused and what failed', () => {
  const error = errorOf(
    { message: 'spent', code: 'UPSTREAM_RATE_LIMITED', retryAfterSeconds: 20 },
    { message: 'too much', code: 'COST_LIMIT_EXCEEDED' },
    { message: 'down', code: 'UPSTREAM_UNAVAILABLE' },
  );
  expect(problemsOf(error).map(({ kind, retryAfterSeconds }) => [kind, retryAfterSeconds])).toEqual([
    ['spent', 20],
    ['refused', null],
    ['failed', null],
  ]);
});

it('shows a message once, and only those of the field that is asked for', () => {
  const error = errorOf(
    { message: 'down', code: 'UPSTREAM_UNAVAILABLE', path: ['hosts'] },
    { message: 'down', code: 'UPSTREAM_UNAVAILABLE', path: ['hosts', 'nodes'] },
    { message: 'other', code: 'UPSTREAM_UNAVAILABLE', path: ['resources'] },
  );
  expect(problemsOf(error, ['hosts']).map(({ message }) => message)).toEqual(['down']);
});

it('says that the gateway does not answer when no answer came', () => {
  const [problem] = problemsOf(new CombinedError({ networkError: new Error('refused') }));
  expect(problem).toMatchObject({ kind: 'failed', message: 'The gateway does not answer.' });
});
