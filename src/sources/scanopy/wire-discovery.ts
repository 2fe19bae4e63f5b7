import { z } from 'zod';
import type { DiscoveryModel, DiscoverySessionModel } from '#entities/discovery/model.ts';
import { instant, optionalInstant, rowId } from '../wire-values.ts';
import { withG2Keys } from './api-version.ts';
import type { Reading, RowReader } from './wire-answer.ts';
import { camelCased, filledText, optionalFlag, optionalId, optionalNumber } from './wire-values.ts';

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
  const row = camelCased(sessionRow.parse(withG2Keys(raw, adapter)));
  const { sessionId: id, estimatedRemainingSecs: estimatedRemainingSeconds, ...others } = row;
  const progress = Math.min(100, Math.max(0, Math.round(row.progress ?? 0)));
  return { source, id, ...others, progress, estimatedRemainingSeconds };
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
  const { discovery_type, run_type: run, ...row } = discoveryRow.parse(withG2Keys(raw, reading.adapter));
  return {
    type: 'Discovery',
    source: reading.source,
    ...camelCased(row),
    discoveryType: discovery_type.type,
    runType: run.type,
    cronSchedule: run.cron_schedule,
    enabled: run.enabled,
    lastRunAt: run.last_run,
    session: resultsOf(run.results, reading),
    subnetIds: discovery_type.subnet_ids ?? null,
  };
};

const resultsOf = (results: unknown, reading: Reading): DiscoverySessionModel | null =>
  results === undefined || results === null ? null : (reading.children([results], readSession)[0] ?? null);
