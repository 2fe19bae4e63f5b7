/** How far a build has come, in upstream calls. */
export class Progress {
  #planned = 0;
  #done = 0;

  plan(calls: number): void {
    this.#planned += calls;
  }

  did(): void {
    this.#done++;
  }

  /** 0–1; 0 while nothing is planned. */
  get share(): number {
    return this.#planned === 0 ? 0 : Math.min(1, this.#done / this.#planned);
  }
}
