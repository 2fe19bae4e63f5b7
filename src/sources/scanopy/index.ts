import type { NetworkClient } from '../network-client.ts';
import { defineSourceKind } from '../source-kind.ts';
import { createTransport } from '../transport/create-transport.ts';
import { transportOptions } from '../transport-options.ts';
import { createScanopyClient } from './create-client.ts';
import { keyRefusal } from './key-refusal.ts';
import { SCANOPY_BATCH_SIZE, SCANOPY_PAGE_SIZE } from './paging.ts';
import { probe } from './probe.ts';
import { buildNetworkSnapshot } from './snapshot.ts';
import { supports } from './supports.ts';

export const scanopy = defineSourceKind({
  name: 'scanopy',
  label: 'Scanopy',
  description: 'A Scanopy server: networks, hosts, services, discoveries.',
  side: 'NETWORK',
  costLimit: 150,
  urlProblem: ({ pathname }) => (pathname === '/' ? null : 'expected the origin of a Scanopy server (no path)'),
  limits: {
    // Granted to a user, all keys and the browser session together.
    rate: { kind: 'tokenBucket', perSecond: 5, burst: 150 },
    pageSize: SCANOPY_PAGE_SIZE,
    batchSize: SCANOPY_BATCH_SIZE,
  },
  /** The configured URL is the server's origin; the client knows the paths. */
  open: (source, { rate }) => {
    const transport = createTransport({
      ...transportOptions(source, rate),
      baseUrl: source.options.url,
      headers: { authorization: `Bearer ${source.key.reveal()}` },
      keyRefusal,
    });
    const { onInvalidRows } = source.deps;
    return createScanopyClient({ transport, ...(onInvalidRows && { onInvalidRows }) });
  },
  supports,
  probe,
  snapshot: buildNetworkSnapshot,
  serverVersion,
});

function serverVersion(client: NetworkClient): string | null {
  const version = client.lastVersion();
  if (!version) return null;
  return version.known
    ? version.serverVersion
    : `${version.serverVersion} (newer than known, read as ${version.generation})`;
}
