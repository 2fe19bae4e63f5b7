/** Lower-case names, as undici gives them. */
export type AnswerHeaders = Readonly<Record<string, string | string[] | undefined>>;

/** The first value of a header. */
export const headerOf = (headers: AnswerHeaders, name: string): string | undefined => {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
};

/** What came back, whatever its status. */
export interface Answer {
  readonly status: number;
  readonly headers: AnswerHeaders;
  readonly text: string;
  readonly bytes: number;
  readonly sentAt: number;
  readonly receivedAt: number;
}

export interface ReceivedAnswer extends Answer {
  /** To be called once the text is used: while one is, no other long answer is read. */
  release(): void;
}

/** The decoded JSON of a 2xx. */
export interface Reply {
  readonly body: unknown;
  readonly bytes: number;
}
