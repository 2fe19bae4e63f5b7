import { createHash } from 'node:crypto';
import type { GatewayConfig } from '#config/config.ts';
import type { SourceSide } from '#lib/source-side.ts';
import type { Question } from '#questions/question.ts';

type WatchOptions = GatewayConfig['watches'][number];

export type Condition = WatchOptions['condition'];
export type WebhookOptions = WatchOptions['webhooks'][number];

/** A question that is asked again when a reading changed something, and whose answer is told. */
export interface Watch {
  readonly name: string;
  readonly question: Question;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly condition: Condition;
  /** Names of fields that lead to the list that is counted and compared; null: the first list of the answer. */
  readonly path: readonly string[] | null;
  /** As the configuration names it; null where callers are not told apart. */
  readonly viewer: string | null;
  readonly webhooks: readonly WebhookOptions[];
  /** Sides of which a reading may change the answer. */
  readonly sides: ReadonlySet<SourceSide>;
}

/** Another one when what is asked, as whom, or what is told is another: then nothing of what was told before is comparable. */
export const identityOf = ({ question, variables, condition, path, viewer }: Watch): string =>
  shortHash(JSON.stringify([question.hash, variables, condition, path, viewer]));

export const shortHash = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 16);

export const conditionText = (condition: Condition): string =>
  typeof condition === 'string' ? condition : `count > ${condition.count.greaterThan}`;

/** Stands for the address, which may hold a token, wherever it is written down. */
export const targetOf = ({ url }: WebhookOptions): string => url.fingerprint;

export const hostOf = ({ url }: WebhookOptions): string => new URL(url.reveal()).host;
