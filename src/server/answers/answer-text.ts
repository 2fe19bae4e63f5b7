import type { ExecutionResult } from 'graphql';
import { etagOf } from './kept-answers.ts';

/** What yoga serializes by `stringify` where a result has it. */
export type WrittenResult = ExecutionResult & { stringify?: (result: ExecutionResult) => string };

/** The data of an answer, serialized at most once for everybody who gets it. */
export class AnswerText {
  readonly data: NonNullable<ExecutionResult['data']>;
  #text: string | null = null;
  #etag: string | null = null;

  constructor(data: NonNullable<ExecutionResult['data']>) {
    this.data = data;
  }

  get text(): string {
    return (this.#text ??= JSON.stringify(this.data));
  }

  get etag(): string {
    return (this.#etag ??= etagOf(this.text));
  }

  with(extensions: unknown): string {
    return `{"data":${this.text},"extensions":${JSON.stringify(extensions)}}`;
  }

  /** A result of its own for one caller, with the same data; what else is reported of it is that caller's. */
  result(): WrittenResult {
    return { data: this.data, stringify: ({ extensions }) => this.with(extensions ?? {}) };
  }
}
