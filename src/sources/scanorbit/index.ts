import { LiveResources } from '#inventory/snapshot/live-resources.ts';
import { defineSourceKind } from '../source-kind.ts';
import { createTransport } from '../transport/create-transport.ts';
import { transportOptions } from '../transport-options.ts';
import { createScanOrbitClient } from './create-client.ts';
import { SCANORBIT_PAGE_SIZE } from './paging.ts';
import { probe } from './probe.ts';
import { buildCloudSnapshot } from './snapshot.ts';
import { supports } from './supports.ts';
import { isTransientFailure } from './transient-failure.ts';

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
