import type { HashIndex } from '#lib/hash-index.ts';
import { refKey } from '#lib/record-ref.ts';
import { textTable } from '#lib/text-table.ts';
import type { Correlator } from '../correlation/correlator.ts';
import type { EdgeFacts, ResourceFacts } from '../facts.ts';
import { type Arrow, areSameArrows, Vertices } from '../graph/arrow.ts';
import { arrowTable } from '../graph/arrow-table.ts';
import { ArrowReader, cloudArrows } from '../graph/cloud-arrows.ts';
import { placeholderTable } from '../graph/placeholder-table.ts';
import { type AliasSegment, aliasesOf, hashAliases, hashOfAlias } from '../identifiers/alias-index.ts';
import type { Placeholder, ResourceNames } from '../identifiers/resolve-target.ts';
import { AccountCorrelation } from './account-correlation.ts';
import { isAttachedAlike, isNamedAlike, isRelatedAlike } from './compare-rows.ts';
import type { Part, PartNames, PartRelations, ResourceWithEdges, RowSeenAgain } from './messages.ts';

/** What follows from one account of a cloud source. */
export class AccountDerivation {
  readonly #resources = new Map<string, ResourceFacts>();
  readonly #edges = new Map<string, readonly EdgeFacts[]>();
  /** Of `#resources`, in the order of `#byAlias`. */
  #ids: readonly string[] = [];
  #byAlias: HashIndex = { hashes: new Uint32Array(), values: new Uint32Array() };
  /** Of each row, before attachments are settled. */
  readonly #arrows = new Map<string, readonly Arrow[]>();
  /** Ids of rows whose arrows may be others by now. */
  readonly #stale = new Set<string>();
  readonly #placeholders = new Map<string, Placeholder>();
  /** Hashes of the aliases that targets of edges were looked up by. */
  readonly #lookedUp = new Set<number>();
  readonly #correlation = new AccountCorrelation();
  #areNamesNew = false;
  #areRelationsNew = false;

  get isEmpty(): boolean {
    return this.#resources.size === 0;
  }

  /** @param moved takes the hashes of the aliases whose owners changed */
  put([row, edges]: ResourceWithEdges, moved: Set<number>): void {
    const before = this.#resources.get(row.id) ?? null;
    if (!before || !isNamedAlike(before, row)) {
      noteMoved(moved, before, row);
      this.#areNamesNew = true;
    }
    if (!before || edges || !isRelatedAlike(before, row)) this.#stale.add(row.id);
    if (before && !isAttachedAlike(before, row)) this.#areRelationsNew = true;
    this.#correlation.noteChanged(row.id);
    this.#resources.set(row.id, row);
    if (edges) this.#edges.set(row.id, edges);
  }

  seeAgain([, id, lastSeenAt]: RowSeenAgain): void {
    const before = this.#resources.get(id);
    if (!before) return;
    this.#resources.set(id, { ...before, lastSeenAt });
    this.#correlation.noteSeen(id);
  }

  drop(id: string, moved: Set<number>): void {
    const before = this.#resources.get(id);
    if (!before) return;
    noteMoved(moved, before, null);
    this.#resources.delete(id);
    this.#edges.delete(id);
    this.#arrows.delete(id);
    this.#areNamesNew = true;
    this.#areRelationsNew = true;
    this.#correlation.noteChanged(id);
  }

  /** Its names as they are now. */
  segment(): AliasSegment<ResourceFacts> {
    if (this.#areNamesNew) {
      this.#ids = [...this.#resources.keys()];
      this.#byAlias = hashAliases(this.#resources.values());
    }
    return { byAlias: this.#byAlias, owner: (ordinal) => this.#resources.get(this.#ids[ordinal] ?? '') ?? null };
  }

  /**
   * What changed since it was last asked, if anything did.
   * @param names of the whole source, after `segment` was asked of each account
   * @param moved hashes of the aliases whose owners changed in the source
   */
  part(names: ResourceNames, moved: ReadonlySet<number>): Part | null {
    if ([...moved].some((hash) => this.#lookedUp.has(hash))) {
      for (const id of this.#resources.keys()) this.#stale.add(id);
      this.#lookedUp.clear();
    }
    const vertices = new Vertices();
    this.#readArrows(names, vertices);
    if (!this.#areNamesNew && !this.#areRelationsNew) return null;
    const part: Part = {
      ...(this.#areNamesNew && { names: this.#names() }),
      ...(this.#areRelationsNew && { relations: this.#relations(vertices) }),
    };
    this.#areNamesNew = false;
    this.#areRelationsNew = false;
    return part;
  }

  /** @param isNew whether the correlator knows nothing of it yet */
  correlate(correlator: Correlator, isNew: boolean): void {
    this.#correlation.tell(correlator, isNew, { resources: this.#resources, edges: this.#edges });
  }

  /** A copy: it is moved to another thread. */
  #names(): PartNames {
    const { hashes, values } = this.#byAlias;
    return {
      owners: textTable([...this.#resources.values()].map(refKey)),
      byAlias: { hashes: hashes.slice(), values: values.slice() },
    };
  }

  /** Reads rows whose arrows may be others by now, and notes what these depend on. */
  #readArrows(names: ResourceNames, vertices: Vertices): void {
    const noted: ResourceNames = {
      ownersOf: (kind, key) => {
        this.#lookedUp.add(hashOfAlias(kind, key));
        return names.ownersOf(kind, key);
      },
    };
    const reader = new ArrowReader(noted, vertices, (placeholder) => {
      const vertex = vertices.of(placeholder);
      this.#placeholders.set(vertex, placeholder);
      return vertex;
    });
    for (const id of this.#stale) {
      const row = this.#resources.get(id);
      if (!row) continue;
      const arrows = reader.read(row, this.#edges.get(id) ?? []);
      if (areSameArrows(this.#arrows.get(id), arrows)) continue;
      this.#arrows.set(id, arrows);
      this.#areRelationsNew = true;
    }
    this.#stale.clear();
  }

  #relations(vertices: Vertices): PartRelations {
    const arrows = cloudArrows(this.#resources, ({ id }) => this.#arrows.get(id) ?? [], vertices);
    this.#forgetPlaceholders();
    return { arrows: arrowTable(arrows), placeholders: placeholderTable(this.#placeholders) };
  }

  /** Those that nothing leads to any more. */
  #forgetPlaceholders(): void {
    const ends = new Set<string>();
    for (const arrows of this.#arrows.values()) for (const { to } of arrows) ends.add(to);
    for (const vertex of this.#placeholders.keys()) if (!ends.has(vertex)) this.#placeholders.delete(vertex);
  }
}

/** A row in another region is another owner of all its aliases. */
const noteMoved = (moved: Set<number>, before: ResourceFacts | null, row: ResourceFacts | null): void => {
  const [had, has] = [hashesOf(before), hashesOf(row)];
  const isElsewhere = before?.region !== row?.region;
  for (const hash of had) if (isElsewhere || !has.has(hash)) moved.add(hash);
  for (const hash of has) if (isElsewhere || !had.has(hash)) moved.add(hash);
};

const hashesOf = (row: ResourceFacts | null): ReadonlySet<number> =>
  new Set((row ? aliasesOf(row) : []).map(({ kind, key }) => hashOfAlias(kind, key)));
