import type { WorldDiscovery } from '../world/network-world.ts';
import { type AnyListing, listing } from './listing.ts';
import { instantKey } from './ordering.ts';
import { anyOf, one, scopes, search } from './parameters.ts';
import type { Parameter } from './query.ts';
import { discoveryOnWire, discoveryTypeName } from './wire-discovery.ts';
import type { WireVersion } from './wire-version.ts';

const sessionOf = ({ run }: WorldDiscovery) => (run.type === 'Historical' ? run.session : null);

/** Schedules, one-off jobs and every past run. @param finishedRuns those that ended since the server started. */
export const discoveryListing = (finishedRuns: () => readonly WorldDiscovery[]): AnyListing =>
  listing<WorldDiscovery>({
    path: () => 'discovery',
    entity: () => 'Discovery',
    rows: ({ catalogue }) => [...catalogue.world.discoveries, ...finishedRuns()],
    id: (row) => row.id,
    networkId: (row) => row.networkId,
    createdAt: (row) => row.createdAt,
    newestFirst: (wire) => wire.has('lateParameters'),
    parameters: ({ wire }) => [
      scopes(wire, (row) => row.networkId),
      wire.has('lateParameters')
        ? anyOf('daemon_ids', (row) => [row.daemonId], 'uuid', 'daemon_id')
        : one('daemon_id', (row) => row.daemonId),
      ...(wire.has('lateParameters') ? lateParameters(wire) : []),
    ],
    orders: (wire) =>
      wire.has('lateParameters')
        ? {
            created_at: (row) => instantKey(row.createdAt),
            updated_at: (row) => instantKey(row.createdAt),
            name: (row) => row.name,
            daemon_id: (row) => row.daemonId,
            [wire.networkKey]: (row) => row.networkId,
            discovery_type: (row) => discoveryTypeName(wire, row),
            phase: (row) => sessionOf(row)?.phase ?? null,
            started_at: (row) => instantKey(sessionOf(row)?.startedAt ?? null),
            finished_at: (row) => instantKey(sessionOf(row)?.finishedAt ?? null),
          }
        : {},
    render: (row, { wire }) => discoveryOnWire(wire, row),
  });

const lateParameters = (wire: WireVersion): readonly Parameter<WorldDiscovery>[] => [
  anyOf('discovery_types', (row) => [discoveryTypeName(wire, row)], 'text'),
  anyOf('phases', (row) => [sessionOf(row)?.phase ?? null], 'text'),
  one('historical', (row) => String(row.run.type === 'Historical'), 'flag'),
  search((row) => [row.name]),
];
