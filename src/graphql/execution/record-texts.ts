/** Characters of all kept texts, after which they are dropped: what is still asked for is soon there again. */
const MOST_CHARACTERS = 16 * 1024 * 1024;

/** The JSON of one run of fields, by the record that it was made from. */
export interface RecordTexts {
  get(record: object): string | undefined;
  keep(record: object, text: string): void;
}

/** Texts of all documents of a process, bounded together. A record that nobody holds any more takes its texts with it. */
export class RecordTextStore {
  #characters = 0;
  /** One for each run of fields that has texts: its document may be asked never again. */
  readonly #drops: (() => void)[] = [];

  create(): RecordTexts {
    let texts: WeakMap<object, string> | null = null;
    const begin = () => {
      this.#drops.push(() => {
        texts = null;
      });
      return new WeakMap<object, string>();
    };
    return {
      get: (record) => texts?.get(record),
      keep: (record, text) => {
        this.#makeRoom(text.length);
        texts ??= begin();
        texts.set(record, text);
      },
    };
  }

  #makeRoom(characters: number): void {
    this.#characters += characters;
    if (this.#characters <= MOST_CHARACTERS) return;
    for (const drop of this.#drops.splice(0)) drop();
    this.#characters = characters;
  }
}
