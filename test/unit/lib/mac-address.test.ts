import fc from 'fast-check';
import { expect, it, test } from 'vitest';
import { canonicalMac, isLocallyAdministered, isSharedMac } from '#lib/addresses.ts';

test.each([
  ['DE:AD:BE:EF:12:34', 'de:ad:be:ef:12:34'],
  ['de-ad-be-ef-12-34', 'de:ad:be:ef:12:34'],
  ['dead.beef.1234', 'de:ad:be:ef:12:34'],
  [' DEADBEEF1234 ', 'de:ad:be:ef:12:34'],
  ['0:c:29:a:b:1', '00:0c:29:0a:0b:01'],
  ['de:ad-be:ef-12:34', null],
  ['dea.dbeef1.234', null],
  ['1.2.3.4.5.6', null],
  ['de:ad:be:ef:12', null],
  ['de:ad:be:ef:12:3g', null],
  ['', null],
])('%j is %j', (text, mac) => {
  expect(canonicalMac(text)).toBe(mac);
});

it('gives one form to every usual spelling of one MAC, and keeps that form', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 6, maxLength: 6 }), (bytes) => {
      const digits = Buffer.from(bytes).toString('hex');
      const [pairs, fours, sixes] = [/../g, /..../g, /.{6}/g].map((part) => digits.match(part) ?? []) as string[][];
      const spellings = [
        digits,
        ...[':', '-', '.'].map((by) => pairs?.join(by)),
        ...['.', '-', ':'].map((by) => fours?.join(by)),
        sixes?.join('-'),
        [...bytes].map((byte) => byte.toString(16)).join(':'),
      ].map(String);
      const every = spellings.flatMap((text) => [text, text.toUpperCase(), ` ${text} `]);
      expect(new Set(every.map(canonicalMac))).toEqual(new Set([pairs?.join(':')]));
    }),
  );
});

it('recognizes software addresses and shared ones', () => {
  expect(isLocallyAdministered('02:42:ac:11:00:02')).toBe(true);
  expect(isLocallyAdministered('00:1b:21:00:00:01')).toBe(false);
  const macs = ['00:00:5e:00:01:01', '00:00:00:00:00:00', '01:00:5e:00:00:01', '02:42:ac:11:00:02'];
  expect(macs.map(isSharedMac)).toEqual([true, true, true, false]);
});
