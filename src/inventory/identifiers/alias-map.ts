import { ALIAS_KINDS, type Alias, type AliasKind } from './identifier.ts';

const NONE = -1;

/**
 * Maps aliases to owners, many to many. Almost every alias has one owner, and there are hundreds of thousands of aliases, so an
 * array for each would cost more memory than the names. Instead the owners of an alias form a linked list in two flat arrays:
 * `ownerOfLink[link]` is the owner, `nextLink[link]` the next link or -1. Each namespace has a hash map from key to first link.
 */
export class AliasMap<Owner> {
  readonly #heads = new Map<AliasKind, Map<string, number>>(ALIAS_KINDS.map((kind) => [kind, new Map()]));
  readonly #owners: Owner[] = [];
  readonly #ownerOfLink: number[] = [];
  readonly #nextLink: number[] = [];

  get aliases(): number {
    return this.#ownerOfLink.length;
  }

  /** Adds all aliases of an owner. An alias that is given twice counts once, which holds only within one call. */
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
