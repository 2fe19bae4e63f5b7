import type { AnswerText } from './answer-text.ts';
import { isSameState, type SourceState } from './source-state.ts';

interface Running {
  readonly state: SourceState;
  /** Null once it is there: what a Map was before it closed its gaps keeps its entries alive for a while. */
  outcome: Promise<AnswerText | null> | null;
}

/** Operations that are being executed: whoever asks the same while the sources know the same waits for that answer. */
export class SharedExecutions {
  readonly #running = new Map<string, Running>();

  /** @returns null when there is none to wait for. Its outcome is null when it gave nothing that others may have. */
  join(key: string, state: SourceState): Promise<AnswerText | null> | null {
    const running = this.#running.get(key);
    return running && isSameState(running.state, state) ? running.outcome : null;
  }

  /** @returns to be called with the outcome, however it ends. */
  lead(key: string, state: SourceState): (outcome: AnswerText | null) => void {
    const { promise, resolve } = Promise.withResolvers<AnswerText | null>();
    const running: Running = { state, outcome: promise };
    this.#running.set(key, running);
    return (outcome) => {
      if (this.#running.get(key) === running) this.#running.delete(key);
      running.outcome = null;
      resolve(outcome);
    };
  }
}
