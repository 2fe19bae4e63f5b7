import type { LookupAddress } from 'node:dns';
import { describe, expect, it } from 'vitest';
import { isPublicAddress } from '#lib/addresses.ts';
import { PrivateAddressError, publicLookup } from '#watches/webhooks/public-addresses.ts';

describe('addresses that webhooks may go to', () => {
  it.each([
    ...['10.1.2.3', '172.16.0.1', '192.168.1.1', '127.0.0.1', '0.0.0.0', '169.254.169.254', '100.64.0.1', '224.0.0.1'],
    ...['192.0.2.1', '198.18.0.1', '255.255.255.255', '::', '::1', 'fe80::1', 'fc00::1', 'fd00:ec2::254', 'ff02::1'],
    ...['::ffff:10.0.0.1', '::ffff:a00:1', '64:ff9b::a00:1', '64:ff9b:1::a00:1', '2002:a00:1::', '2001:0:a00:1::'],
    ...['::10.0.0.1', '2001:db8::1', '[::1]', 'fe80::1%eth0', 'localhost', ''],
  ])('%s is not public', (address) => expect(isPublicAddress(address)).toBe(false));

  it.each(['93.184.216.34', '::ffff:93.184.216.34', '2606:2800:220:1:248:1893:25c8:1946'])('%s is', (address) =>
    expect(isPublicAddress(address)).toBe(true),
  );
});

const lookUp = (answers: readonly LookupAddress[][], all: boolean) => {
  const left = [...answers];
  const lookup = publicLookup((_, __, done) => done(null, left.shift() ?? []));
  return () =>
    new Promise((resolve, reject) =>
      lookup('hooks.example.com', { all }, (error, address) => (error ? reject(error) : resolve(address))),
    );
};

describe('looking up the name of a receiver', () => {
  const outside = { address: '93.184.216.34', family: 4 };
  const inside = { address: '10.0.0.1', family: 4 };

  it.each([true, false])('refuses a name that resolves differently the second time', async (all) => {
    const next = lookUp([[outside], [inside]], all);
    expect(await next()).toEqual(all ? [outside] : outside.address);
    await expect(next()).rejects.toThrow(PrivateAddressError);
  });

  it('refuses a name of which any address is private', async () => {
    await expect(lookUp([[outside, inside]], true)()).rejects.toThrow(PrivateAddressError);
  });

  it('fails for a name without addresses', async () => {
    await expect(lookUp([[]], false)()).rejects.toThrow('no address');
  });
});
