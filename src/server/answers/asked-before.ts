const SLOTS = 2 ** 16;

/** Remembers what was asked lately, in a fixed room: of two keys that fall on one slot, the later. */
export class AskedBefore {
  readonly #slots = new Int32Array(SLOTS);

  /** @param key a hash in base64, of which some characters will do @returns whether it was noted before */
  note(key: string): boolean {
    const slot = ((key.charCodeAt(0) << 12) ^ (key.charCodeAt(1) << 6) ^ key.charCodeAt(2)) % SLOTS;
    const mark = (key.charCodeAt(3) << 24) | (key.charCodeAt(4) << 16) | (key.charCodeAt(5) << 8) | key.charCodeAt(6);
    const isKnown = this.#slots[slot] === mark;
    this.#slots[slot] = mark;
    return isKnown;
  }
}
