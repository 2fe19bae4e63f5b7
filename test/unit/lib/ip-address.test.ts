import fc from 'fast-check';
import { expect, it, test } from 'vitest';
import { canonicalAddress, identifiesNobody, sameAddress } from '#lib/addresses.ts';

test.each([
  ['10.0.0.1', '10.0.0.1'],
  [' 10.0.0.1 ', '10.0.0.1'],
  ['2001:DB8:0:0:0:0:0:1', '2001:db8::1'],
  ['2001:0db8::0001', '2001:db8::1'],
  ['[2001:db8::1]', '2001:db8::1'],
  ['fe80::1', 'fe80::1'],
  ['fe80::1%eth0', 'fe80::1'],
  ['[fe80::1%Wi-Fi_2]', 'fe80::1'],
  ['::ffff:10.0.0.1', '10.0.0.1'],
  ['::FFFF:0a00:0001', '10.0.0.1'],
  ['10.0.0', null],
  ['1.2.3.4.5', null],
  ['1.2.3.256', null],
  ['127.1', null],
  ['0x0a.0.0.1', null],
  ['010.0.0.1', null],
  ['10.0.0.1%eth0', null],
  ['[10.0.0.1]', null],
  ['[2001:db8::1', null],
  ['10.0.0.0/8', null],
  ['host', null],
  ['arn:aws:s3:::logs', null],
  [':', null],
  ['', null],
])('%j is %j', (text, address) => {
  expect(canonicalAddress(text)).toBe(address);
});

const hextets = fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 0xffff })), { minLength: 8, maxLength: 8 });
const hex = (hextet: number) => hextet.toString(16);

/** Every run of zeros written as `::`, one at a time. */
const shortened = (parts: readonly number[]): string[] =>
  parts.flatMap((_, from) =>
    parts.flatMap((__, last) =>
      last >= from && parts.slice(from, last + 1).every((part) => part === 0)
        ? [
            `${parts.slice(0, from).map(hex).join(':')}::${parts
              .slice(last + 1)
              .map(hex)
              .join(':')}`,
          ]
        : [],
    ),
  );

const dottedTail = (parts: readonly number[]): string =>
  `${parts.slice(0, 6).map(hex).join(':')}:${parts
    .slice(6)
    .flatMap((part) => [part >> 8, part & 255])
    .join('.')}`;

it('gives one form to every spelling of one IPv6 address, and keeps that form', () => {
  fc.assert(
    fc.property(hextets, (parts) => {
      const full = parts.map(hex).join(':');
      const padded = parts.map((part) => hex(part).padStart(4, '0')).join(':');
      const spellings = [full, padded, padded.toUpperCase(), dottedTail(parts), ...shortened(parts)];
      const decorated = spellings.flatMap((text) => [text, `[${text}]`, `${text}%eth0`, ` ${text} `]);
      const [form] = new Set(decorated.map(canonicalAddress));
      expect(form).toEqual(expect.any(String));
      expect(new Set(decorated.map(canonicalAddress)).size).toBe(1);
      expect(canonicalAddress(String(form))).toBe(form);
    }),
  );
});

it('gives an IPv4 address one form, however it is mapped into IPv6', () => {
  fc.assert(
    fc.property(fc.ipV4(), (address) => {
      const [a = 0, b = 0, c = 0, d = 0] = address.split('.').map(Number);
      const mapped = [
        `::ffff:${address}`,
        `::FFFF:${hex(a * 256 + b)}:${hex(c * 256 + d)}`,
        `0:0:0:0:0:ffff:${address}`,
      ];
      expect([address, ...mapped].map(canonicalAddress)).toEqual(Array(4).fill(address));
    }),
  );
});

test('addresses are compared by what they name, whichever stands first', () => {
  expect(sameAddress('2001:db8::1', '2001:0DB8:0:0::0001')).toBe(true);
  expect(sameAddress('::ffff:10.0.0.1', '10.0.0.1')).toBe(true);
  expect(sameAddress('10.0.0.1', '::ffff:10.0.0.1')).toBe(true);
  expect(sameAddress('10.0.0.1', '10.0.0.10')).toBe(false);
});

it('recognizes addresses that identify no machine', () => {
  for (const ip of ['127.0.0.1', '169.254.169.253', '0.0.0.0', '224.0.0.1', '255.255.255.255', '::1', 'fe80::1']) {
    expect(identifiesNobody(ip)).toBe(true);
  }
  expect(identifiesNobody('10.0.0.1')).toBe(false);
});
