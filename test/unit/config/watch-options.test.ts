import { expect, it } from 'vitest';
import type { ConfigInput } from '#config/config.ts';
import { ConfigError, type ConfigProblem } from '#config/config-error.ts';
import { defineConfig } from '#sources/kinds.ts';

type WatchInput = NonNullable<ConfigInput['watches']>[number];

const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const hook = (url: string) => ({ url, secret: SECRET });
const HOOK = 'https://hooks.example.com/token-in-the-path';

/** What is refused of two watches, of which the second has these webhooks. */
const problemsOf = (webhooks: WatchInput['webhooks']): readonly ConfigProblem[] => {
  const watch = { operation: 'exposed-machines', condition: 'changed' } as const;
  try {
    defineConfig({
      sources: [{ kind: 'scanopy', name: 'network', url: 'https://scanopy.example.com', apiKey: 'scp_u_key' }],
      watches: [
        { ...watch, name: 'first', webhooks: [hook(HOOK)] },
        { ...watch, name: 'second', webhooks },
      ],
    });
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
};

it('two watches may tell the same receiver, and one watch several', () => {
  expect(problemsOf([hook(HOOK), hook(`${HOOK}/2`), hook('https://hooks.example.com:8443/token-in-the-path')])).toEqual(
    [],
  );
});

it.each([
  ['the same URL', HOOK],
  ['the same URL written otherwise', 'https://HOOKS.example.com:443/token-in-the-path'],
])('a watch has no two webhooks with %s, and the refusal does not tell it', (_, url) => {
  expect(problemsOf([hook('https://other.example.com/'), hook(HOOK), hook(url)])).toEqual([
    {
      path: 'watches[1].webhooks[2].url',
      message: 'expected a unique URL, got that of webhooks[1]',
    },
  ]);
});
