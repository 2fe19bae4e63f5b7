import type { EditionName } from '#demo/scanorbit/edition.ts';
import type { ScanOrbitDemo, ScanOrbitDemoOptions } from '#demo/scanorbit/server.ts';
import { type CloudWorldOptions, createCloudWorld } from '#demo/world/cloud.ts';
import type { CloudWorld } from '#demo/world/cloud-world.ts';
import { type Harness, startHarness } from '../../support/harness.ts';

export interface CloudHarness extends Harness {
  readonly world: CloudWorld;
  readonly cloud: ScanOrbitDemo;
}

/** A gateway over one demo ScanOrbit server whose scans stand still, with the company it shows. */
export const startCloud = async (
  options: CloudWorldOptions & { readonly edition?: EditionName } = {},
  demo: Partial<ScanOrbitDemoOptions> = {},
  config: Parameters<typeof startHarness>[0] extends infer O | undefined ? O : never = {},
): Promise<CloudHarness> => {
  const { edition = 'observed', ...company } = options;
  const world = createCloudWorld(company);
  const harness = await startHarness({
    ...config,
    scanorbit: [{ world, edition, movingScans: false, ...demo }],
  });
  const [cloud] = harness.scanorbit;
  if (!cloud) throw new Error('The demo server did not start.');
  return { ...harness, world, cloud };
};

export const EDITIONS: readonly EditionName[] = ['documented', 'observed'];
