import { createWorld } from '#demo/world/world.ts';
import { encodeGlobalId } from '#lib/record-ref.ts';

/** The company of every bench; the same in each process that names the same `now`. */
export const SIZES = { seed: 7, resources: 1200, findings: 310, hosts: 400 } as const;

export const createCompany = (now: number) => createWorld({ ...SIZES, now });

export const idOf = (type: string, { id }: { readonly id: string }): string =>
  encodeGlobalId({ type, source: type === 'Host' || type === 'Service' ? 'scanopy' : 'scanorbit', id });
