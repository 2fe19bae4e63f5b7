import type { DemoAnswer } from '../http.ts';
import type {
  WorldAccount,
  WorldCertificate,
  WorldEdge,
  WorldFinding,
  WorldResource,
  WorldScan,
} from '../world/cloud-world.ts';
import type { RateVerdict } from './rate-limiter.ts';
import type { Complaint } from './read-query.ts';

export type EditionName = 'documented' | 'observed';

/** Everything in which the two editions differ. Rows go in, JSON values come out. */
export interface Edition {
  readonly name: EditionName;
  /** As `service` is sent and filtered. */
  serviceOf(row: WorldResource): string;
  /** As `resourceId` is sent and looked up. */
  resourceIdOf(row: WorldResource): string;
  resource(row: WorldResource): object;
  finding(row: WorldFinding): object;
  findingDetail(row: WorldFinding, resource?: WorldResource, certificate?: WorldCertificate): object;
  scan(row: WorldScan): object;
  account(row: WorldAccount): object;
  organization(): object;
  resourceStats(rows: readonly WorldResource[]): object;
  findingStats(rows: readonly WorldFinding[]): object;
  dependency(edge: WorldEdge, target: WorldResource | undefined): object | null;
  dependent(edge: WorldEdge, source: WorldResource): object | null;
  isRecent(row: WorldScan): boolean;
  readonly answersScanById: boolean;
  readonly refusals: Refusals;
}

/** Answers that are not data. */
export interface Refusals {
  badQuery(complaints: readonly Complaint[]): DemoAnswer;
  badResourceId(): DemoAnswer;
  /** Where a uuid is needed and something else came. */
  notUuid(): DemoAnswer;
  unauthorized(message: string): DemoAnswer;
  notFound(what: string): DemoAnswer;
  rateLimited(verdict: RateVerdict): DemoAnswer;
  /** Headers about the limit on an answer that was counted. */
  rateHeaders(verdict: RateVerdict): Readonly<Record<string, string>>;
}

export const activeStatuses: readonly string[] = ['queued', 'processing', 'running', 'analyzing'];
