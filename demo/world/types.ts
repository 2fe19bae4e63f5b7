import type { CloudWorld } from './cloud-world.ts';
import type { NetworkWorld } from './network-world.ts';

/** One labelled pair: this host is (or, for a decoy, is not) this resource, and which rule should say so. */
export interface WorldLink {
  readonly hostId: string;
  readonly resourceId: string;
  /** Rule name as the gateway's documentation uses it, e.g. `instance-id-name`. */
  readonly rule: string;
  readonly confidence: 'CERTAIN' | 'HIGH' | 'MEDIUM' | 'LOW';
}

export interface WorldDecoy {
  readonly hostId: string;
  readonly resourceId: string | null;
  /** Why a careless reader would link them. */
  readonly why: string;
}

/**
 * The invented company, in neutral words: both demo servers send their own wire format of these records, of which none is a wire shape of
 * either product, and none is imported by the gateway's clients.
 */
export interface World {
  readonly cloud: CloudWorld;
  readonly network: NetworkWorld;
  readonly truth: readonly WorldLink[];
  readonly decoys: readonly WorldDecoy[];
}
