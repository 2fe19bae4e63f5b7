import type { WorldDiscovery, WorldDiscoverySession } from '../world/network-world.ts';
import { DEMO_SECRET } from './demo-secrets.ts';
import { stamps, type WireObject } from './wire-provenance.ts';
import type { WireVersion } from './wire-version.ts';

/** A schedule, a one-off job or a finished run: one list holds all three. */
export function discoveryOnWire(wire: WireVersion, row: WorldDiscovery): WireObject {
  return {
    ...stamps(row.id, row.createdAt),
    [wire.networkKey]: row.networkId,
    daemon_id: row.daemonId,
    name: row.name,
    tags: [],
    discovery_type: discoveryType(wire, row),
    run_type: runType(wire, row),
    ...(wire.has('unifiedDiscovery') && { scan_count: 1, force_full_scan: false }),
    ...(wire.has('integrationTargets') && { integration_targets: [{ token: DEMO_SECRET.integrationToken }] }),
  };
}

/** What a session reports, live or stored in its run. */
export function sessionOnWire(wire: WireVersion, of: WorldDiscovery, session: WorldDiscoverySession): WireObject {
  return {
    session_id: session.sessionId,
    daemon_id: of.daemonId,
    [wire.networkKey]: of.networkId,
    discovery_type: discoveryType(wire, of),
    phase: session.phase,
    progress: session.progress,
    started_at: session.startedAt,
    finished_at: session.finishedAt,
    error: session.error,
    ...(wire.has('sessionDetails') && {
      discovery_id: session.discoveryId,
      hosts_discovered: session.hostsDiscovered,
      estimated_remaining_secs: session.estimatedRemainingSeconds,
    }),
    ...(wire.has('history') && { warnings: [], credential_results: [{ credential_id: DEMO_SECRET.credentialId }] }),
  };
}

export const discoveryTypeName = (wire: WireVersion, row: WorldDiscovery): string =>
  row.type === 'Unified' && !wire.has('unifiedDiscovery') ? (row.formerType ?? 'Network') : row.type;

function discoveryType(wire: WireVersion, row: WorldDiscovery): WireObject {
  const type = discoveryTypeName(wire, row);
  const fallback = { host_naming_fallback: 'BestService' };
  const reach = { subnet_ids: row.subnetIds, ...fallback };
  if (type === 'SelfReport') return { type, host_id: row.hostId };
  if (type === 'Docker') return { type, host_id: row.hostId, ...fallback };
  if (type === 'Network') {
    const credential = { version: 'V2c', community: DEMO_SECRET.snmpCommunity };
    const secrets = { default_credential: credential, ip_overrides: [{ ip: '192.168.240.10', credential }] };
    return { type, ...reach, snmp_credentials: secrets, probe_raw_socket_ports: false };
  }
  return { type, host_id: row.hostId, ...reach, scan_settings: { is_full_scan: false, arp_rate_pps: null } };
}

function runType(wire: WireVersion, row: WorldDiscovery): WireObject {
  const { run } = row;
  if (run.type === 'Historical') return { type: run.type, results: sessionOnWire(wire, row, run.session) };
  if (run.type === 'AdHoc') return { type: run.type, last_run: run.lastRunAt };
  return {
    type: run.type,
    cron_schedule: run.cronSchedule,
    enabled: run.enabled,
    last_run: run.lastRunAt,
    timezone: null,
  };
}
