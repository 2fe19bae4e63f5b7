import type { ScanopyVersion } from '../network-client.ts';
import { g1 } from './g1.ts';
import { g2 } from './g2.ts';
import { g3 } from './g3.ts';
import { hasLateParameters, readVersion } from './version.ts';
import type { WireAdapter } from './wire-adapter.ts';

const ADAPTERS = { G1: g1, G2: g2, G3: g3 } as const satisfies Record<ScanopyVersion['generation'], WireAdapter>;

/** How to speak to one server version. */
export interface ApiVersion {
  readonly version: ScanopyVersion;
  readonly adapter: WireAdapter;
  /** Filters and orders that older servers ignore in silence. */
  readonly lateParameters: boolean;
}

export const apiVersionOf = (serverVersion: string): ApiVersion => {
  const version = readVersion(serverVersion);
  return { version, adapter: ADAPTERS[version.generation], lateParameters: hasLateParameters(serverVersion) };
};

/** One version of each way to be spoken to. */
export const EVERY_API_VERSION: readonly ApiVersion[] = ['0.15.0', '0.16.0', '0.17.21', '0.17.22'].map(apiVersionOf);
