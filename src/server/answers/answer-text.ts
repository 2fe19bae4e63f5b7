import { hash } from 'node:crypto';
import type { ExecutionResult } from 'graphql';
import { jsonOf } from '#graphql/execution/execute-to-json.ts';

type Data = NonNullable<ExecutionResult['data']>;

/** What yoga serializes by `stringify` where a result has it. */
export type WrittenResult = ExecutionResult & { stringify?: (result: ExecutionResult) => string };

/** When an answer was made, and until when it is as good as a new one; epoch milliseconds. */
export interface Lifetime {
  readonly madeAt: number;
  readonly freshUntil: number;
}

const BEFORE_DATA = '{"data":';

/** The data of so many bytes as it stands in the whole answer. */
export const dataIn = (answer: Buffer, bytes: number): Buffer =>
  answer.subarray(BEFORE_DATA.length, BEFORE_DATA.length + bytes);

export const etagOf = (data: string | Buffer): string => `W/"${hash('sha256', data, 'base64url')}"`;

/** The data of an answer, serialized at most once for everybody who gets it. */
export class AnswerText implements Lifetime {
  readonly data: Data;
  readonly madeAt: number;
  readonly freshUntil: number;
  #text: string | null = null;
  #etag: string | null = null;

  constructor(data: Data, { madeAt, freshUntil }: Lifetime) {
    this.data = data;
    this.madeAt = madeAt;
    this.freshUntil = freshUntil;
  }

  /** Weak: it names the data, whatever the answer says of its own cost. */
  get etag(): string {
    this.#etag ??= etagOf(this.#written);
    return this.#etag;
  }

  /** Of the data. */
  get bytes(): number {
    return Buffer.byteLength(this.#written);
  }

  /** The whole answer, with what it says of itself. */
  with(extensions: unknown): string {
    return `${BEFORE_DATA}${this.#written},"extensions":${JSON.stringify(extensions)}}`;
  }

  /** A result of its own for one caller, with the same data; what else is reported of it is that caller's. */
  result(): WrittenResult {
    return { data: this.data, stringify: ({ extensions }) => this.with(extensions ?? {}) };
  }

  get #written(): string {
    this.#text ??= jsonOf(this.data);
    return this.#text;
  }
}
