import { LiveResources } from '#inventory/snapshot/live-resources.ts';
import type { CloudClient } from '../cloud-client.ts';
import { defineSourceKind, type ProbeAnswer } from '../source-kind.ts';
import { createTransport } from '../transport/create-transport.ts';
import type { Scope } from '../transport/scope.ts';
import { transportOptions } from '../transport-options.ts';
import { createScanOrbitClient } from './create-client.ts';
import { SCANORBIT_PAGE_SIZE } from './queries.ts';
import { buildCloudSnapshot } from './snapshot.ts';
import { supports } from './supports.ts';

/** Three requests: the organization, its accounts, and how many resources it has. */
const probe = async (client: CloudClient, scope: Scope): Promise<ProbeAnswer> => {
  const [organization, accounts, stats] = await Promise.all([
    client.organization(scope),
    client.accounts(scope),
    client.resourceStats(scope),
  ]);
  const edition = client.edition();
  return {
    serverVersion: edition && `${edition} edition`,
    visible: `${organization.name}: ${accounts.length} accounts, ${stats.total} resources`,
    warnings: accounts.length === 0 ? ['The organization has no AWS accounts: there is nothing to show.'] : [],
  };
};

/** What of a 500 shows whether asking again may help. */
interface Failed {
  readonly body: unknown;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly elapsedMs: number;
}

/** The server waits about two seconds for a database connection; input it cannot use fails within milliseconds. */
const POOL_WAIT_MS = 1_000;

const isDatabaseError = (body: unknown): boolean =>
  typeof body === 'object' && body !== null && 'error' in body && body.error === 'DatabaseError';

/**
 * Whether a 500 may pass by itself. Final is only a database error that comes at once and after the limiter (it carries rate
 * headers): the server could not use an id. The same body, late or from before the limiter, is an exhausted pool.
 */
export const isTransientFailure = ({ body, headers, elapsedMs }: Failed): boolean =>
  !isDatabaseError(body) || elapsedMs >= POOL_WAIT_MS || headers['x-ratelimit-limit'] === undefined;

export const scanorbit = defineSourceKind({
  name: 'scanorbit',
  label: 'ScanOrbit',
  description: 'A ScanOrbit organization: AWS accounts, resources, findings, scans.',
  side: 'CLOUD',
  basePath: '/api/v1',
  costLimit: 60,
  limits: {
    // Granted to an organization, all its keys and users together.
    rate: { kind: 'fixedWindow', limit: 100, windowSeconds: 60 },
    pageSize: SCANORBIT_PAGE_SIZE,
    batchSize: 1,
  },
  /** The configured URL is the whole base, `/api/v1` included. */
  open: (source, { rate }) => {
    const transport = createTransport({
      ...transportOptions(source, rate),
      baseUrl: source.options.url,
      headers: { 'x-api-key': source.key.reveal() },
      isTransient: isTransientFailure,
    });
    const { onInvalidRows } = source.deps;
    return createScanOrbitClient({ transport, ...(onInvalidRows && { onInvalidRows }) });
  },
  supports,
  probe,
  snapshot: buildCloudSnapshot,
  corrections: (client) => {
    const live = new LiveResources();
    client.watchResources((answer) => live.note(answer));
    return live;
  },
  serverVersion: (client) => client.edition(),
});
