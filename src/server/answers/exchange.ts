import type { PreparedDocument } from '../prepared/prepared-queries.ts';
import type { AnswerText } from './answer-text.ts';
import type { KeptAnswer } from './kept-answers.ts';

/** What the HTTP layer learns of how a request was answered. */
export interface Exchange {
  /** The answer was made earlier. */
  kept: { readonly key: string; readonly answer: KeptAnswer } | null;
  /** The answer was made now, and others may have it. */
  made: AnswerText | null;
  /** What was executed straight to JSON, as it can be again with other variables. */
  executed: PreparedDocument | null;
  /** To be called once yoga is done, however that ended: others may wait for this answer. */
  end: () => void;
}

export const newExchange = (): Exchange => ({ kept: null, made: null, executed: null, end: () => {} });
