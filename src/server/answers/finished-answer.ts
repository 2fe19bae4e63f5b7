import { type AnswerText, dataIn, etagOf } from './answer-text.ts';
import type { KeptAnswer } from './kept-answers.ts';
import type { SourceState } from './source-state.ts';

/** An answer to be kept. Its bytes are made when it is first sent again: most never are. */
export class FinishedAnswer implements KeptAnswer {
  readonly madeAt: number;
  readonly freshUntil: number;
  readonly state: SourceState;
  readonly operation: KeptAnswer['operation'];
  readonly dataBytes: number;
  readonly encoded = new Map<string, Promise<Buffer>>();
  #text: string;
  #body: Buffer | null = null;
  #etag: string | null = null;

  constructor(text: AnswerText, extensions: object, state: SourceState, operation: KeptAnswer['operation']) {
    this.madeAt = text.madeAt;
    this.freshUntil = text.freshUntil;
    this.state = state;
    this.operation = operation;
    this.dataBytes = text.bytes;
    this.#text = text.with(extensions);
  }

  get body(): Buffer {
    if (!this.#body) {
      this.#body = Buffer.from(this.#text);
      this.#text = '';
    }
    return this.#body;
  }

  get etag(): string {
    this.#etag ??= etagOf(dataIn(this.body, this.dataBytes));
    return this.#etag;
  }
}
