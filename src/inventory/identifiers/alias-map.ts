import { ALIAS_KINDS, type Alias, type AliasKind } from './identifier.ts';

const NONE = -1;

/**
 * Aliases to owners, many to many. One hash map a namespace whose values are heads of chains in two flat arrays, so that
 * a name with one owner costs no array of its own.
 */
export class AliasMap<Owner> {
  readonly #heads = new Map<AliasKind, Map<string, number>>(ALIAS_KINDS.map((kind) => [kind, new Map()]));
  readonly #owners: Owner[] = [];
  readonly #ownerOfLink: number[] = [];
  readonly #nextLink: number[] = [];

  get owners(): number {
    return this.#owners.length;
  }

  get aliases(): number {
    return this.#ownerOfLink.length;
  }

  /** Repeated aliases of one owner count once, provided that an owner is added in one go. */
  add(owner: Owner, aliases: readonly Alias[]): void {
    const ordinal = this.#owners.push(owner) - 1;
    for (const { kind, key } of aliases) {
      const heads = this.#heads.get(kind);
      const head = heads?.get(key) ?? NONE;
      if (head !== NONE && this.#ownerOfLink[head] === ordinal) continue;
      heads?.set(key, this.#ownerOfLink.push(ordinal) - 1);
      this.#nextLink.push(head);
    }
  }

  get(kind: AliasKind, key: string): Owner[] {
    const found: Owner[] = [];
    let link = this.#heads.get(kind)?.get(key) ?? NONE;
    while (link !== NONE) {
      const owner = this.#owners[this.#ownerOfLink[link] ?? NONE];
      if (owner !== undefined) found.push(owner);
      link = this.#nextLink[link] ?? NONE;
    }
    return found;
  }
}
