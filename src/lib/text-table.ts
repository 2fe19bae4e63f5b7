/** Many texts as bytes in two flat arrays: hundreds of thousands of them cost no heap, and one thread hands them to another without a copy. */
export interface TextTable {
  readonly bytes: Uint8Array;
  /** One more than texts: text `i` is between `offsets[i]` and `offsets[i + 1]`. */
  readonly offsets: Uint32Array;
}

export const textsIn = ({ offsets }: TextTable): number => offsets.length - 1;

export const textAt = (table: TextTable, at: number, encoding: 'utf8' | 'base64url' = 'utf8'): string => {
  const { bytes, offsets } = table;
  const [start = 0, end = 0] = [offsets[at], offsets[at + 1]];
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString(encoding);
};

const FIRST_BYTES = 1 << 12;
/** Of one UTF-16 unit in UTF-8. */
const MOST_BYTES = 3;

export class TextTableWriter {
  #bytes = Buffer.alloc(FIRST_BYTES);
  #length = 0;
  readonly #offsets: number[] = [0];

  /** @returns its position. */
  add(text: string): number {
    const most = this.#length + text.length * MOST_BYTES;
    if (most > this.#bytes.length) {
      const larger = Buffer.alloc(Math.max(most, this.#bytes.length * 2));
      this.#bytes.copy(larger, 0, 0, this.#length);
      this.#bytes = larger;
    }
    this.#length += this.#bytes.write(text, this.#length, 'utf8');
    return this.#offsets.push(this.#length) - 2;
  }

  finish(): TextTable {
    return { bytes: new Uint8Array(this.#bytes.subarray(0, this.#length)), offsets: Uint32Array.from(this.#offsets) };
  }
}

export const textTable = (texts: Iterable<string>): TextTable => {
  const writer = new TextTableWriter();
  for (const text of texts) writer.add(text);
  return writer.finish();
};
