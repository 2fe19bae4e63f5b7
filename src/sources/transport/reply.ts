/** The decoded JSON of a 2xx. */
export interface Reply {
  readonly body: unknown;
  readonly bytes: number;
}
