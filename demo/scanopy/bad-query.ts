/** The query does not parse: 400 in plain text, unlike every other failure. */
export class BadQueryError extends Error {
  constructor(detail: string) {
    super(`Failed to deserialize query string: ${detail}`);
    this.name = 'BadQueryError';
  }
}
