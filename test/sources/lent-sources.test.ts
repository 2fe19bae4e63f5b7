import { expect, it } from 'vitest';
import { Secret } from '#lib/secret.ts';
import { defineConfig } from '#sources/configuration.ts';
import { createLentSources } from '#sources/lent-sources.ts';
import { scanorbit } from '#sources/scanorbit/index.ts';
import type { CloudSource } from '#sources/source-set.ts';

const MINUTE = 60_000;
const KEY = new Secret(`key-${'0'.repeat(16)}`);
const { sources } = defineConfig({
  auth: { mode: 'passthrough' },
  sources: [{ name: 'cloud', kind: 'scanorbit', url: 'http://127.0.0.1:1/api/v1' }],
});

const lend = () => {
  let closed = 0;
  let now = 1;
  const open = (): CloudSource => {
    const close = async () => {
      closed += 1;
    };
    const client = { close } as CloudSource['client'];
    return { side: 'CLOUD', kind: scanorbit, name: 'cloud', identity: 'cloud', client, index: null };
  };
  const lent = createLentSources(sources, open, { now: () => now });
  return {
    take: () => lent.with(new Map([['cloud', KEY]]), null).cloud[0],
    closed: () => closed,
    pass: (ms: number) => {
      now += ms;
    },
  };
};

it('closes a borrowed source that nobody used for a quarter of an hour, and opens another', () => {
  const { take, closed, pass } = lend();
  const first = take();
  pass(16 * MINUTE);
  expect(take()).not.toBe(first);
  expect(closed()).toBe(1);
});

it('keeps a borrowed source open while something that is no request uses it', () => {
  const { take, closed, pass } = lend();
  const first = take();
  for (let minute = 0; minute < 60; minute += 1) {
    pass(MINUTE);
    first?.keepOpen?.();
  }
  expect(take()).toBe(first);
  expect(closed()).toBe(0);
});
