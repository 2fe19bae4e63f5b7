import { z } from 'zod';
import type { DiscoveryModel, DiscoverySessionModel } from '#entities/discovery/model.ts';
import { inG2Words } from './api-version.ts';
import type { Reading, RowReader } from './wire-answer.ts';
import {
  filledText,
  instant,
  optionalFlag,
  optionalId,
  optionalInstant,
  optionalNumber,
  rowId,
} from './wire-values.ts';

const sessionRow = z.object({
  session_id: rowId,
  daemon_id: rowId,
  network_id: rowId,
  discovery_id: optionalId,
  phase: z.string(),
  progress: z.number().nullish().catch(null),
  started_at: optionalInstant,
  finished_at: optionalInstant,
  error: filledText,
  hosts_discovered: optionalNumber,
  estimated_remaining_secs: optionalNumber,
});

export const readSession: RowReader<DiscoverySessionModel> = (raw, { source, adapter }) => {
  const row = sessionRow.parse(inG2Words(raw, adapter));
  return {
    source,
    id: row.session_id,
    networkId: row.network_id,
    daemonId: row.daemon_id,
    discoveryId: row.discovery_id,
    phase: row.phase,
    progress: Math.min(100, Math.max(0, Math.round(row.progress ?? 0))),
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    error: row.error,
    hostsDiscovered: row.hosts_discovered,
    estimatedRemainingSeconds: row.estimated_remaining_secs,
  };
};

const discoveryRow = z.object({
  id: rowId,
  network_id: rowId,
  daemon_id: rowId,
  name: z.string(),
  created_at: instant,
  discovery_type: z.object({ type: z.string(), subnet_ids: z.array(z.string()).nullish().catch(null) }),
  run_type: z.object({
    type: z.string(),
    cron_schedule: filledText,
    enabled: optionalFlag,
    last_run: optionalInstant,
    results: z.unknown().optional(),
  }),
});

/** Of what a scan may carry, only its kind and reach are read: older servers put SNMP secrets beside them. */
export const readDiscovery: RowReader<DiscoveryModel> = (raw, reading) => {
  const row = discoveryRow.parse(inG2Words(raw, reading.adapter));
  return {
    type: 'Discovery',
    source: reading.source,
    id: row.id,
    networkId: row.network_id,
    daemonId: row.daemon_id,
    name: row.name,
    discoveryType: row.discovery_type.type,
    runType: row.run_type.type,
    cronSchedule: row.run_type.cron_schedule,
    enabled: row.run_type.enabled,
    lastRunAt: row.run_type.last_run,
    createdAt: row.created_at,
    session: resultsOf(row.run_type.results, reading),
    subnetIds: row.discovery_type.subnet_ids ?? null,
  };
};

const resultsOf = (results: unknown, reading: Reading): DiscoverySessionModel | null =>
  results === undefined || results === null ? null : (reading.children([results], readSession)[0] ?? null);
