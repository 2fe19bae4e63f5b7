import type { WorldHost } from '../world/network-world.ts';

/** What late versions show and sort a host by, and which rung of the ladder gave it. Null: the host has no name at all. */
export function hostTitle(host: WorldHost): { readonly rung: string; readonly value: string } | null {
  const rungs: readonly (readonly [string, string | null | undefined])[] = [
    ['Name', host.name],
    ['Hostname', host.hostname],
    ['SysName', host.sysName],
    ['Address', host.addresses[0]?.address],
  ];
  for (const [rung, value] of rungs) if (value) return { rung, value };
  return null;
}
