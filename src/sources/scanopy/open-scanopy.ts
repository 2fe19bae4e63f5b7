import type { KeyedSource } from '../open-source.ts';
import { sourceIdentity } from '../source-identity.ts';
import type { ScanopySource } from '../source-set.ts';
import type { RateLimit } from '../transport/budget/budget-options.ts';
import { createTransport } from '../transport/create-transport.ts';
import { transportOptions } from '../transport-options.ts';
import { createScanopyClient } from './create-client.ts';
import { keyRefusal } from './key-refusal.ts';

/** What Scanopy grants a user, all his keys and his browser together. */
const STANDARD: RateLimit = { kind: 'tokenBucket', perSecond: 5, burst: 150 };

/** The configured URL is the server's origin; the client knows the paths. */
export const openScanopy = (source: KeyedSource): ScanopySource => {
  const { options, key, deps } = source;
  const transport = createTransport({
    ...transportOptions(source, STANDARD),
    baseUrl: options.url,
    headers: { authorization: `Bearer ${key.reveal()}` },
    keyRefusal,
  });
  const client = createScanopyClient({ transport, ...(deps.onInvalidRows && { onInvalidRows: deps.onInvalidRows }) });
  return { kind: 'SCANOPY', name: options.name, identity: sourceIdentity(source), client, index: null };
};
