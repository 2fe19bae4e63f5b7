import { createHash } from 'node:crypto';

const REDACTED = '[redacted]';

/** A text that cannot be printed by accident: toString, JSON, util.inspect and its properties do not reveal it. */
export class Secret {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** Returns the text. Only for the header in which it is sent. */
  reveal(): string {
    return this.#text;
  }

  /** Distinguishes credentials without revealing them. Safe to log. */
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
