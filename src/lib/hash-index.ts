/**
 * Numbers by the hash of a text, many to many, in two flat arrays that are sorted by hash. Two texts may have one hash: whoever looks
 * something up compares the text of what is found.
 */
export interface HashIndex {
  readonly hashes: Uint32Array;
  readonly values: Uint32Array;
}

/** FNV-1a. Texts of different namespaces get different seeds. */
export const hashOf = (text: string, seed = 0): number => {
  let hash = 0x811c9dc5 ^ seed;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
};

/** Hash and value are sorted as one number, which holds integers of 53 bits. */
const VALUES = 2 ** 21;

export class HashIndexWriter {
  readonly #pairs: number[] = [];

  /** @throws RangeError for a value that does not fit. */
  add(hash: number, value: number): void {
    if (value >= VALUES) throw new RangeError(`Expected a value below ${VALUES}, got ${value}.`);
    this.#pairs.push(hash * VALUES + value);
  }

  /** A pair that was added twice counts once. */
  finish(): HashIndex {
    const pairs = Float64Array.from(this.#pairs).sort();
    const [hashes, values] = [new Uint32Array(pairs.length), new Uint32Array(pairs.length)];
    let length = 0;
    let last = -1;
    for (const pair of pairs) {
      if (pair === last) continue;
      last = pair;
      hashes[length] = Math.floor(pair / VALUES);
      values[length] = pair % VALUES;
      length += 1;
    }
    return { hashes: hashes.slice(0, length), values: values.slice(0, length) };
  }
}

export const valuesOf = ({ hashes, values }: HashIndex, hash: number): Uint32Array => {
  const from = firstAtLeast(hashes, hash);
  let to = from;
  while (to < hashes.length && hashes[to] === hash) to += 1;
  return values.subarray(from, to);
};

/** The first position of a sorted array whose value is not smaller. */
const firstAtLeast = (sorted: Uint32Array, wanted: number): number => {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
};
