import type { KeyedSource } from '../open-source.ts';
import { sourceIdentity } from '../source-identity.ts';
import type { ScanOrbitSource } from '../source-set.ts';
import type { RateLimit } from '../transport/budget/budget-options.ts';
import { createTransport } from '../transport/create-transport.ts';
import { transportOptions } from '../transport-options.ts';
import { createScanOrbitClient } from './create-client.ts';
import { isTransientFailure } from './transient-failure.ts';

/** What ScanOrbit grants an organization, all its keys and users together. */
const STANDARD: RateLimit = { kind: 'fixedWindow', limit: 100, windowSeconds: 60 };

/** The configured URL is the whole base, `/api/v1` included. */
export const openScanOrbit = (source: KeyedSource): ScanOrbitSource => {
  const { options, key, deps } = source;
  const transport = createTransport({
    ...transportOptions(source, STANDARD),
    baseUrl: options.url,
    headers: { 'x-api-key': key.reveal() },
    isTransient: isTransientFailure,
  });
  const client = createScanOrbitClient({ transport, ...(deps.onInvalidRows && { onInvalidRows: deps.onInvalidRows }) });
  return { kind: 'SCANORBIT', name: options.name, identity: sourceIdentity(source), client, index: null };
};
