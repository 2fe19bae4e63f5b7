import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { AskedBefore } from '#server/answers/asked-before.ts';

const keys = Array.from({ length: 10_000 }, (_, i) => createHash('sha256').update(String(i)).digest('base64'));

it('knows what was asked lately, and next to nothing that was not', () => {
  const asked = new AskedBefore();
  const first = keys.map((key) => asked.note(key));
  const again = keys.map((key) => asked.note(key));
  expect(first.filter(Boolean).length).toBeLessThan(5);
  expect(again.filter(Boolean).length).toBeGreaterThan(keys.length * 0.7);
});
