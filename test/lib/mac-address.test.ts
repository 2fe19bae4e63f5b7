import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalMac } from '#lib/mac-address.ts';

test.each([
  ['DE:AD:BE:EF:12:34', 'de:ad:be:ef:12:34'],
  ['de-ad-be-ef-12-34', 'de:ad:be:ef:12:34'],
  ['dead.beef.1234', 'de:ad:be:ef:12:34'],
  [' DEADBEEF1234 ', 'de:ad:be:ef:12:34'],
  ['de:ad:be:ef:12', null],
  ['de:ad:be:ef:12:3g', null],
  ['', null],
])('%j is %j', (text, mac) => {
  expect(canonicalMac(text)).toBe(mac);
});

test('a canonical MAC is its own spelling', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 6, maxLength: 6 }), (bytes) => {
      const mac = canonicalMac(Buffer.from(bytes).toString('hex'));
      expect(mac).not.toBeNull();
      expect(canonicalMac(mac ?? '')).toBe(mac);
    }),
  );
});
