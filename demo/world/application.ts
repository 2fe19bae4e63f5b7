import type { CloudVpc } from './cloud-vpc.ts';
import type { WorldResource } from './cloud-world.ts';

/** What the parts of one application share. */
export interface Application {
  readonly name: string;
  readonly vpc: CloudVpc;
  readonly tags: Readonly<Record<string, string>>;
  readonly webGroup: WorldResource;
  readonly appGroup: WorldResource;
  readonly dataGroup: WorldResource;
  readonly key: WorldResource;
}
