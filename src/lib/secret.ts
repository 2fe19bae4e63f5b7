import { createHash } from 'node:crypto';

const REDACTED = '[redacted]';

/** A text that never prints: not by toString, JSON, util.inspect, or a look at its properties. */
export class Secret {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** The one way to the text itself; for the header it is sent in, and nothing else. */
  reveal(): string {
    return this.#text;
  }

  /** Tells credentials apart without naming them. Safe to log. */
  get fingerprint(): string {
    return createHash('sha256').update(this.#text).digest('base64url').slice(0, 16);
  }

  toString(): string {
    return REDACTED;
  }

  toJSON(): string {
    return REDACTED;
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return REDACTED;
  }
}
