import type { WireVersion } from './wire-version.ts';

export type WireObject = Record<string, unknown>;

/** Fields of every row; children share the instants of their host. */
export const stamps = (id: string, createdAt: string, updatedAt: string = createdAt): WireObject => ({
  id,
  created_at: createdAt,
  updated_at: updatedAt,
});

export function historyOf(wire: WireVersion, id: string, createdAt: string, lastSeenAt: string): WireObject {
  if (!wire.has('history')) return {};
  return {
    ...validityOf(wire, id, createdAt),
    first_discovery_id: null,
    last_discovery_id: null,
    last_seen_at: lastSeenAt,
  };
}

export function validityOf(wire: WireVersion, id: string, createdAt: string): WireObject {
  return wire.has('history') ? { lineage_id: id, valid_from: createdAt, valid_to: null } : {};
}

/** A row that a scan found. `hostId` is the scanning machine; the daemon it names is gone, as references often are. */
export function discoveredSource(wire: WireVersion, hostId: string, date: string): WireObject {
  if (!wire.has('sourceMetadata')) return { type: 'Discovery' };
  return { type: 'Discovery', metadata: [provenance(wire, hostId, date)] };
}

/** A service that a scan recognised. */
export function matchedSource(wire: WireVersion, hostId: string, date: string, definition: string): WireObject {
  const reason = {
    type: 'container',
    data: ['All of', [{ type: 'reason', data: `Response matched ${definition}` }]],
  };
  const details = { confidence: 'High', reason };
  if (!wire.has('sourceMetadata')) return { type: 'DiscoveryWithMatch', details };
  return { type: 'DiscoveryWithMatch', details, metadata: [provenance(wire, hostId, date)] };
}

function provenance(wire: WireVersion, hostId: string, date: string): WireObject {
  const found = { daemon_id: hostId, subnet_ids: null, host_naming_fallback: 'BestService', date };
  return wire.has('unifiedDiscovery') ? { type: 'Unified', host_id: hostId, ...found } : { type: 'Network', ...found };
}
