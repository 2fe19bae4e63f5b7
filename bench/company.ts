import { createWorld } from '#demo/world/world.ts';
import { encodeGlobalId } from '#lib/record-ref.ts';

export interface CompanySizes {
  readonly seed: number;
  readonly resources: number;
  readonly findings: number;
  readonly hosts: number;
  /** Leaves out findings about an account as a whole, and about what is gone. @default false */
  readonly onlyFindingsOfResources?: boolean;
}

/** The company of every bench, where it names no other; the same in each process that names the same `now`. */
export const SIZES: CompanySizes = { seed: 7, resources: 1200, findings: 310, hosts: 400 };

export const createCompany = (now: number, { onlyFindingsOfResources = false, ...sizes } = SIZES) => {
  const world = createWorld({ ...sizes, now });
  if (!onlyFindingsOfResources) return world;
  const { resources, findings } = world.cloud;
  const ids = new Set(resources.map(({ id }) => id));
  return { ...world, cloud: { ...world.cloud, findings: findings.filter((of) => ids.has(of.resourceId ?? '')) } };
};

export const idOf = (type: string, { id }: { readonly id: string }): string =>
  encodeGlobalId({ type, source: type === 'Host' || type === 'Service' ? 'scanopy' : 'scanorbit', id });
