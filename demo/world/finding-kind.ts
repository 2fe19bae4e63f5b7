import type { Random } from '../random.ts';
import type { WorldResource } from './cloud-world.ts';

/** One thing that an analyzer may say about a resource, or about an account where `services` is empty. */
export interface FindingKind {
  readonly type: string;
  readonly severity: string;
  readonly services: readonly string[];
  readonly applies?: (row: WorldResource) => boolean;
  readonly summary: (name: string) => string;
  /** Keys beside those that every finding has. */
  readonly details: (row: WorldResource, random: Random, now: number) => Readonly<Record<string, unknown>>;
}

/** The positional spelling keeps a catalogue readable. */
export const findingKind = (
  type: string,
  severity: string,
  services: readonly string[],
  summary: (name: string) => string,
  details: FindingKind['details'],
  applies?: FindingKind['applies'],
): FindingKind => ({ type, severity, services, summary, details, ...(applies === undefined ? {} : { applies }) });

export const inState = (state: string) => (row: WorldResource) => row.state === state;
/** An age worth a finding. */
export const someDays = (random: Random) => random.int(8, 400);
export const monthlyCostOf = (row: WorldResource) => Number(row.costEstimateMonthly ?? 0);
/** Anybody, in the CIDR list of a rule. */
export const everybody = ['0.0.0.0/0'];
