import { compareText } from '#lib/compare.ts';
import type { HashIndex } from '#lib/hash-index.ts';
import { encodeGlobalId } from '#lib/record-ref.ts';
import { textTable } from '#lib/text-table.ts';
import { isCorrelated } from '../correlation/correlated-resources.ts';
import { type CloudRecords, CORRELATED_TARGETS } from '../correlation/correlation-input.ts';
import type { EdgeFacts, ResourceFacts } from '../facts.ts';
import { Vertices } from '../graph/arrow.ts';
import { arrowTable } from '../graph/arrow-table.ts';
import { cloudArrows } from '../graph/cloud-arrows.ts';
import { placeholderTable } from '../graph/placeholder-table.ts';
import { aliasesOf, aliasIndex, hashAliases, hashOfAlias } from '../identifiers/alias-index.ts';
import type { Placeholder, ResourceNames } from '../identifiers/resolve-target.ts';
import { isRelatedAlike, namesOf, shares } from './compare-rows.ts';
import type { Part, ResourceRows, RowOfPart, SourceHead, SourceParts } from './messages.ts';
import { namesPart, noRelations } from './parts.ts';

type CloudHead = Extract<SourceHead, { side: 'CLOUD' }>;

interface Account {
  readonly resources: Map<string, ResourceFacts>;
  readonly edges: Map<string, readonly EdgeFacts[]>;
  /** Of `resources`, in the order of `byAlias`. */
  ids: readonly string[];
  byAlias: HashIndex;
  /** Hashes of the aliases that targets of its edges were looked up by, sorted. */
  lookedUp: Uint32Array;
  /** What the correlation reads of it; null after a change. */
  correlated: Correlated | null;
}

interface Correlated extends Pick<CloudRecords, 'resources' | 'edges'> {
  readonly named: ReadonlySet<string>;
}

/**
 * What follows from one cloud source, account by account. When an account changes, so may the relations of another: an edge leads to the
 * nearest resource with an alias. So each account remembers which aliases it looked up, and is derived anew if the owners of one changed.
 */
export class CloudDerivation {
  readonly #source: string;
  readonly #accounts = new Map<string, Account>();
  readonly #changed = new Set<string>();
  /** Hashes of the aliases whose owners changed. */
  readonly #moved = new Set<number>();
  #head: CloudHead | null = null;
  #isHeadNew = false;

  constructor(source: string) {
    this.#source = source;
  }

  put(rows: ResourceRows): void {
    for (const [row, edges] of rows) {
      const account = this.#accounts.get(row.accountId) ?? emptyAccount();
      this.#accounts.set(row.accountId, account);
      const before = account.resources.get(row.id);
      const isNamedAlike = before !== undefined && namesOf(before) === namesOf(row);
      if (!isNamedAlike) this.#move(before ?? null, row);
      if (!isNamedAlike || !isRelatedAlike(before, row, account.edges.get(row.id) ?? [], edges))
        this.#changed.add(row.accountId);
      account.resources.set(row.id, row);
      account.edges.set(row.id, edges);
      account.correlated = null;
    }
  }

  drop(rows: readonly RowOfPart[]): void {
    for (const [accountId, id] of rows) {
      const account = this.#accounts.get(accountId);
      const before = account?.resources.get(id);
      if (!account || !before) continue;
      this.#move(before, null);
      account.resources.delete(id);
      account.edges.delete(id);
      account.correlated = null;
      this.#changed.add(accountId);
    }
  }

  set head(head: CloudHead) {
    this.#head = head;
    this.#isHeadNew = true;
  }

  /** The parts that changed since it was last asked. */
  parts(): SourceParts {
    const changed: [string, Part | null][] = [];
    if (this.#isHeadNew && this.#head) {
      const { accounts, certificates } = this.#head;
      changed.push(['', { ...namesPart([...accounts, ...certificates]), ...noRelations() }]);
      this.#isHeadNew = false;
    }
    for (const id of this.#changed) {
      const account = this.#accounts.get(id);
      if (!account || account.resources.size > 0) continue;
      this.#accounts.delete(id);
      changed.push([id, null]);
    }
    for (const id of this.#changed) {
      const account = this.#accounts.get(id);
      if (!account) continue;
      account.ids = [...account.resources.keys()];
      account.byAlias = hashAliases(account.resources.values());
    }
    const index = aliasIndex(
      [...this.#accounts.values()].map(({ byAlias, ids, resources }) => ({
        byAlias,
        owner: (ordinal: number) => resources.get(ids[ordinal] ?? '') ?? null,
      })),
    );
    const moved = Uint32Array.from(this.#moved).sort();
    for (const [id, account] of this.#accounts) {
      if (this.#changed.has(id) || shares(account.lookedUp, moved)) changed.push([id, derivePart(account, index)]);
    }
    this.#changed.clear();
    this.#moved.clear();
    return { source: this.#source, changed };
  }

  /** What the correlation reads; `named` as `isCorrelated` takes it. */
  records(complete: boolean, named: ReadonlySet<string>): CloudRecords {
    const accounts = [...this.#accounts.values()].map((account) => correlatedIn(account, named));
    return {
      source: this.#source,
      resources: accounts.flatMap(({ resources }) => resources),
      edges: accounts.flatMap(({ edges }) => edges),
      certificates: this.#head?.certificates ?? [],
      complete,
    };
  }

  /** Notes the aliases whose owners differ now. A row in another region is another owner of all its aliases. */
  #move(before: ResourceFacts | null, row: ResourceFacts | null): void {
    const [had, has] = [hashesOf(before), hashesOf(row)];
    const isElsewhere = before?.region !== row?.region;
    for (const hash of had) if (isElsewhere || !has.has(hash)) this.#moved.add(hash);
    for (const hash of has) if (isElsewhere || !had.has(hash)) this.#moved.add(hash);
  }
}

const hashesOf = (row: ResourceFacts | null): ReadonlySet<number> =>
  new Set((row ? aliasesOf(row) : []).map(({ kind, key }) => hashOfAlias(kind, key)));

const emptyAccount = (): Account => ({
  resources: new Map(),
  edges: new Map(),
  ids: [],
  byAlias: { hashes: new Uint32Array(), values: new Uint32Array() },
  lookedUp: new Uint32Array(),
  correlated: null,
});

const correlatedIn = (account: Account, named: ReadonlySet<string>): Correlated => {
  if (account.correlated?.named === named) return account.correlated;
  const resources = [...account.resources.values()]
    .filter((row) => isCorrelated(row, named))
    .sort((a, b) => compareText(a.id, b.id));
  const edges = resources.flatMap(({ id: fromId }) =>
    (account.edges.get(fromId) ?? []).flatMap(({ target }) =>
      CORRELATED_TARGETS.has(target.kind) ? [{ fromId, target }] : [],
    ),
  );
  account.correlated = { resources, edges, named };
  return account.correlated;
};

/** Derives the relations of an account, and notes in it what they depend on. */
const derivePart = (account: Account, names: ResourceNames): Part => {
  const lookedUp = new Set<number>();
  const noted: ResourceNames = {
    ownersOf(kind, key) {
      lookedUp.add(hashOfAlias(kind, key));
      return names.ownersOf(kind, key);
    },
  };
  const vertices = new Vertices();
  const placeholders = new Map<string, Placeholder>();
  const arrows = cloudArrows(account, noted, vertices, (placeholder) => {
    const vertex = vertices.of(placeholder);
    placeholders.set(vertex, placeholder);
    return vertex;
  });
  account.lookedUp = Uint32Array.from(lookedUp).sort();
  return {
    owners: textTable([...account.resources.values()].map(encodeGlobalId)),
    byAlias: { hashes: account.byAlias.hashes.slice(), values: account.byAlias.values.slice() },
    arrows: arrowTable(arrows),
    placeholders: placeholderTable(placeholders),
  };
};
