/** A seeded stream of numbers: the same seed gives the same invented company, on any machine. Not for secrets. */
export interface Random {
  /** In [0, 1). */
  next(): number;
  /** Whole number in [min, max], both included. */
  int(min: number, max: number): number;
  chance(probability: number): boolean;
  /** @throws RangeError when there is nothing to pick. */
  pick<T>(items: readonly T[]): T;
  hex(digits: number): string;
  /** `length` letters of the alphabet. */
  letters(length: number, alphabet: string): string;
  /** RFC 9562 version 4 in form. */
  uuid(): string;
}

/** A stream of its own for every part of the world, so that adding to one part leaves the others as they were. */
export function createRandom(seed: number | string): Random {
  let state = hashOf(String(seed));
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const int = (min: number, max: number) => min + Math.floor(next() * (max - min + 1));
  const letters = (length: number, alphabet: string) => {
    let text = '';
    while (text.length < length) text += alphabet[int(0, alphabet.length - 1)];
    return text;
  };
  const hex = (digits: number) => letters(digits, '0123456789abcdef');
  return {
    next,
    int,
    letters,
    hex,
    chance: (probability) => next() < probability,
    pick<T>(items: readonly T[]): T {
      if (items.length === 0) throw new RangeError('Nothing to pick from an empty list');
      return items[int(0, items.length - 1)] as T;
    },
    uuid: () => `${word(next)}-${hex(4)}-4${hex(3)}-${letters(1, '89ab')}${hex(3)}-${hex(4)}${word(next)}`,
  };
}

function word(next: () => number): string {
  return Math.floor(next() * 2 ** 32)
    .toString(16)
    .padStart(8, '0');
}

/** FNV-1a, 32 bit. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}
