import { expect, test } from 'vitest';
import { canonicalAddress, sameAddress } from '#lib/ip-address.ts';

test.each([
  ['10.0.0.1', '10.0.0.1'],
  [' 10.0.0.1 ', '10.0.0.1'],
  ['2001:DB8:0:0:0:0:0:1', '2001:db8::1'],
  ['fe80::1', 'fe80::1'],
  ['10.0.0', null],
  ['0x0a.0.0.1', null],
  ['10.0.0.0/8', null],
  ['host', null],
])('%j is %j', (text, address) => {
  expect(canonicalAddress(text)).toBe(address);
});

test('addresses are compared by what they name', () => {
  expect(sameAddress('2001:db8::1', '2001:0DB8:0:0::0001')).toBe(true);
  expect(sameAddress('10.0.0.1', '10.0.0.10')).toBe(false);
});
