/** Characters of all kept texts, after which they are dropped: what is still asked for is soon there again. */
const MOST_CHARACTERS = 16 * 1024 * 1024;

/** The JSON of one run of fields, by the record that it was made from. */
export interface RecordTexts {
  get(record: object): string | undefined;
  keep(record: object, text: string): void;
}

/** Texts of all documents of a process, bounded together. A record that nobody holds any more takes its texts with it. */
export class RecordTextStore {
  #generation = 0;
  #characters = 0;

  create(): RecordTexts {
    let generation = this.#generation;
    let texts = new WeakMap<object, string>();
    return {
      get: (record) => (generation === this.#generation ? texts.get(record) : undefined),
      keep: (record, text) => {
        this.#count(text.length);
        if (generation !== this.#generation) texts = new WeakMap();
        generation = this.#generation;
        texts.set(record, text);
      },
    };
  }

  #count(characters: number): void {
    this.#characters += characters;
    if (this.#characters <= MOST_CHARACTERS) return;
    this.#generation += 1;
    this.#characters = characters;
  }
}
