import { z } from 'zod';
import type { NetworkClient } from '../network-client.ts';
import { defineSourceKind, type ProbeAnswer } from '../source-kind.ts';
import { createTransport } from '../transport/create-transport.ts';
import type { FailedAnswer } from '../transport/http/read-answer.ts';
import type { Scope } from '../transport/scope.ts';
import type { KeyRefusal } from '../transport/upstream-errors.ts';
import { transportOptions } from '../transport-options.ts';
import { createScanopyClient } from './create-client.ts';
import { SCANOPY_BATCH_SIZE, SCANOPY_PAGE_SIZE, SCANOPY_SMALL_PAGES } from './list-reader.ts';
import { buildNetworkSnapshot } from './snapshot.ts';
import { supports } from './supports.ts';

function serverVersion(client: NetworkClient): string | null {
  const version = client.lastVersion();
  if (!version) return null;
  return version.known
    ? version.serverVersion
    : `${version.serverVersion} (newer than known, read as ${version.generation})`;
}

/** Two requests, one after the other: once the version is known, the second need not be tried as another version expects it. */
const probe = async (client: NetworkClient, scope: Scope): Promise<ProbeAnswer> => {
  const version = await client.version(scope);
  const networks = await client.networks(scope);
  const newer = `Version ${version.serverVersion} is newer than any this gateway was written for; it is read as ${version.generation}.`;
  const blind =
    'THE KEY SEES NO NETWORK. Every list of this source will be empty, which looks like an empty inventory. Give the key access to networks in Scanopy.';
  return {
    serverVersion: `${version.serverVersion} (${version.generation})`,
    visible: networks.length === 0 ? 'no networks' : `networks: ${networks.map((network) => network.name).join(', ')}`,
    warnings: [...(version.known ? [] : [newer]), ...(networks.length === 0 ? [blind] : [])],
  };
};

const REFUSALS = {
  entity_disabled: 'disabled',
  entity_expired: 'expired',
  /** Given to whatever does not begin as keys of users do. */
  auth_daemon_required: 'otherKind',
} as const satisfies Readonly<Record<string, KeyRefusal>>;

const coded = z.object({ code: z.enum(['entity_disabled', 'entity_expired', 'auth_daemon_required']) });

/** A key that cannot be used is 403, as an object that the key must not see is: only the code distinguishes them. */
export const keyRefusal = ({ status, body }: FailedAnswer): KeyRefusal | null => {
  const read = coded.safeParse(body);
  return status === 403 && read.success ? REFUSALS[read.data.code] : null;
};

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
    smallPages: SCANOPY_SMALL_PAGES,
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
