import type { WorldHost } from '../world/network-world.ts';
import type { WireVersion } from './wire-version.ts';

/** The name that a version keeps: any that it once found, or from some version on only one that a person gave. */
export const storedName = (wire: WireVersion, host: WorldHost): string =>
  wire.has('authoredNamesOnly') && !isAuthored(host) ? '' : host.name;

/** What a scanner can work out by itself nobody needs to write: a host name's first label, an address, a product. */
function isAuthored({ name, hostname, sysName, addresses, services }: WorldHost): boolean {
  const isOf = (full: string | null) => full === name || full?.startsWith(`${name}.`);
  const isFound =
    addresses.some(({ address }) => address === name) || services.some((service) => service.name === name);
  return !isOf(hostname) && !isOf(sysName) && !isFound;
}

/** What late versions show and sort a host by, and which rung of the ladder gave it. Null: the host has no name at all. */
export function hostTitle(
  wire: WireVersion,
  host: WorldHost,
): { readonly rung: string; readonly value: string } | null {
  const rungs: readonly (readonly [string, string | null | undefined])[] = [
    ['Name', storedName(wire, host)],
    ['Hostname', host.hostname],
    ['SysName', host.sysName],
    ['Address', host.addresses[0]?.address],
  ];
  for (const [rung, value] of rungs) if (value) return { rung, value };
  return null;
}
