import { getOrMake } from '#lib/get-or-make.ts';
import type { CloudRecords } from '../correlation/correlation-input.ts';
import type { Correlator } from '../correlation/correlator.ts';
import { aliasIndex } from '../identifiers/alias-index.ts';
import { AccountDerivation } from './account-derivation.ts';
import type { Part, ResourceRows, RowOfPart, RowSeenAgain, SourceHead, SourceParts } from './messages.ts';
import { namesOf } from './parts.ts';

type CloudHead = Extract<SourceHead, { side: 'CLOUD' }>;

/**
 * What follows from one cloud source, account by account. When an account changes, so may the relations of another: an edge leads to the
 * nearest resource with an alias. So each account remembers which aliases it looked up, and is derived anew if the owners of one changed.
 */
export class CloudDerivation {
  readonly #source: string;
  readonly #accounts = new Map<string, AccountDerivation>();
  /** Hashes of the aliases whose owners changed. */
  readonly #moved = new Set<number>();
  #head: CloudHead | null = null;
  #isHeadNew = false;

  constructor(source: string) {
    this.#source = source;
  }

  put(rows: ResourceRows): void {
    for (const row of rows) {
      if (isSeenAgain(row)) this.#accounts.get(row[0])?.seeAgain(row);
      else getOrMake(this.#accounts, row[0].accountId, () => new AccountDerivation()).put(row, this.#moved);
    }
  }

  drop(rows: readonly RowOfPart[]): void {
    for (const [accountId, id] of rows) this.#accounts.get(accountId)?.drop(id, this.#moved);
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
      changed.push(['', { names: namesOf([...accounts, ...certificates]) }]);
      this.#isHeadNew = false;
    }
    for (const [id, account] of this.#accounts) {
      if (!account.isEmpty) continue;
      this.#accounts.delete(id);
      changed.push([id, null]);
    }
    const names = aliasIndex([...this.#accounts.values()].map((account) => account.segment()));
    for (const [id, account] of this.#accounts) {
      const part = account.part(names, this.#moved);
      if (part) changed.push([id, part]);
    }
    this.#moved.clear();
    return { source: this.#source, changed };
  }

  /** What the correlation reads besides resources. */
  recordsBesides(complete: boolean): Omit<CloudRecords, 'resources' | 'edges'> {
    return { source: this.#source, certificates: this.#head?.certificates ?? [], complete };
  }

  /**
   * Tells a correlator what changed since the last one was told; to be called before `parts`, which forgets what is empty.
   * @param isNew whether this one knows nothing yet
   */
  correlate(correlator: Correlator, isNew: boolean): void {
    for (const account of this.#accounts.values()) account.correlate(correlator, isNew);
  }
}

const isSeenAgain = (row: ResourceRows[number]): row is RowSeenAgain => typeof row[0] === 'string';
