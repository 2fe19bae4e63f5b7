import { expect, it } from 'vitest';
import { Secret } from '#lib/secret.ts';
import { defineConfig } from '#sources/kinds.ts';
import { createPassthroughSources } from '#sources/passthrough-sources.ts';
import { scanorbit } from '#sources/scanorbit/index.ts';
import type { CloudSource } from '#sources/source-set.ts';

const MINUTE = 60_000;
const KEY = new Secret(`key-${'0'.repeat(16)}`);
const { sources } = defineConfig({
  auth: { mode: 'passthrough' },
  sources: [{ name: 'cloud', kind: 'scanorbit', url: 'http://127.0.0.1:1/api/v1' }],
});

const openSources = () => {
  let closed = 0;
  let now = 1;
  const open = (): CloudSource => {
    const close = async () => {
      closed += 1;
    };
    const client = { close } as CloudSource['client'];
    return { side: 'CLOUD', kind: scanorbit, name: 'cloud', identity: 'cloud', client, index: null };
  };
  const passthrough = createPassthroughSources(sources, open, { now: () => now });
  return {
    take: () => passthrough.with(new Map([['cloud', KEY]]), null).cloud[0],
    update: passthrough.update,
    closed: () => closed,
    pass: (ms: number) => {
      now += ms;
    },
  };
};

it('closes the client of a passthrough key after a quarter of an hour without use, and opens another when the key comes again', () => {
  const { take, closed, pass } = openSources();
  const first = take();
  pass(16 * MINUTE);
  expect(take()).not.toBe(first);
  expect(closed()).toBe(1);
});

it('keeps the client of a passthrough key open while a subscription uses it without any request', () => {
  const { take, closed, pass } = openSources();
  const first = take();
  for (let minute = 0; minute < 60; minute += 1) {
    pass(MINUTE);
    first?.keepOpen?.();
  }
  expect(take()).toBe(first);
  expect(closed()).toBe(0);
});

it('keeps clients of a source that is configured as before, and hands over those of one that is not, still open', () => {
  const { take, closed, update } = openSources();
  const first = take();
  expect(update(sources)).toEqual([]);
  expect(take()).toBe(first);
  expect(update(sources.map((source) => ({ ...source, timeouts: { callMs: 1_000 } })))).toEqual([first]);
  expect(closed()).toBe(0);
  const second = take();
  expect(second).not.toBe(first);
  expect(update([])).toEqual([second]);
  expect(take()).toBeUndefined();
});
