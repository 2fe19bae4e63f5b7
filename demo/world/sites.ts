import type { CloudVpc } from './cloud-vpc.ts';

/** The first VPC of every place where the company runs anything. */
export interface Sites {
  readonly production: CloudVpc;
  readonly frankfurt: CloudVpc;
  readonly staging: CloudVpc;
  readonly legacy: CloudVpc;
}
