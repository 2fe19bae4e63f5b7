import { type LookupAddress, type LookupOptions, lookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { isPublicAddress } from '#lib/addresses.ts';

/** A name or an address leads where webhooks are not sent. */
export class PrivateAddressError extends Error {
  constructor() {
    super('Expected a public address, got another one.');
    this.name = 'PrivateAddressError';
  }
}

/** As `dns.lookup` with all addresses. */
export type Resolve = (
  name: string,
  options: LookupOptions & { all: true },
  done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/**
 * Looks a name up for a connection that is about to be made, and refuses one that has any address which is not public. The connection is
 * made to these very addresses: what the name means a moment later is of no use to anybody.
 */
export const publicLookup =
  (resolve: Resolve = lookup): LookupFunction =>
  (name, options, done) => {
    resolve(name, { ...options, all: true }, (error, addresses) => {
      const [first] = addresses ?? [];
      if (error || !first) return done(error ?? new Error('no address'), '', 0);
      if (!addresses.every(({ address }) => isPublicAddress(address))) return done(new PrivateAddressError(), '', 0);
      if (options.all) return done(null, addresses);
      return done(null, first.address, first.family);
    });
  };

/** An address in a URL is not looked up. @throws PrivateAddressError */
export const refusePrivateHost = ({ hostname }: URL): void => {
  const bare = hostname.replace(/^\[|\]$/g, '');
  if (isIP(bare) !== 0 && !isPublicAddress(bare)) throw new PrivateAddressError();
};
