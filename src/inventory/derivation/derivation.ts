import { getOrMake } from '#lib/get-or-make.ts';
import { correlate } from '../correlation/correlate.ts';
import { namesByOperators } from '../correlation/correlated-resources.ts';
import type { NetworkRecords } from '../correlation/correlation-input.ts';
import { correlationTable } from '../correlation/correlation-table.ts';
import { arrowTable } from '../graph/arrow-table.ts';
import { correlationArrows } from '../graph/network-arrows.ts';
import { CloudDerivation } from './cloud-derivation.ts';
import type { DerivationMessage, DeriveAnswer, DeriveRequest, HostRows, ResourceRows, SourceNews } from './messages.ts';
import { NetworkDerivation } from './network-derivation.ts';

/** Keeps what is read of every source for derivations, and derives anew what changed. It touches no clock, client or context. */
export class Derivation {
  readonly #cloud = new Map<string, CloudDerivation>();
  readonly #network = new Map<string, NetworkDerivation>();
  #named: ReadonlySet<string> = new Set();

  /** @returns null for news, which are answered by nothing. */
  take(message: DerivationMessage): DeriveAnswer | null {
    if (message.kind === 'DERIVE') return this.#derive(message);
    this.#learn(message);
    return null;
  }

  #learn(news: SourceNews): void {
    const { source } = news;
    switch (news.kind) {
      case 'RESOURCES':
        this.#cloudOf(source).put(JSON.parse(news.rows) as ResourceRows);
        return;
      case 'HOSTS':
        this.#networkOf(source).put(JSON.parse(news.rows) as HostRows);
        return;
      case 'GONE':
        this.#cloud.get(source)?.drop(news.rows);
        this.#network.get(source)?.drop(news.rows);
        return;
      case 'HEAD':
        if (news.head.side === 'CLOUD') this.#cloudOf(source).head = news.head;
        else this.#networkOf(source).head = news.head;
    }
  }

  #derive({ sources, rules }: DeriveRequest): DeriveAnswer {
    const parts = [...this.#cloud.values(), ...this.#network.values()].map((source) => source.parts());
    const network = sources.flatMap(({ source, complete }) => this.#network.get(source)?.records(complete) ?? []);
    const named = this.#namedIn(network, rules);
    const cloud = sources.flatMap(({ source, complete }) => this.#cloud.get(source)?.records(complete, named) ?? []);
    const result = correlate(cloud, network, rules);
    return { sources: parts, correlation: correlationTable(result), arrows: arrowTable(correlationArrows(result)) };
  }

  /** The same set as long as the same names are in it. */
  #namedIn(network: readonly NetworkRecords[], rules: DeriveRequest['rules']): ReadonlySet<string> {
    const named = namesByOperators(network, rules);
    const isSame = named.size === this.#named.size && [...named].every((name) => this.#named.has(name));
    if (!isSame) this.#named = named;
    return this.#named;
  }

  #cloudOf(source: string): CloudDerivation {
    return getOrMake(this.#cloud, source, () => new CloudDerivation(source));
  }

  #networkOf(source: string): NetworkDerivation {
    return getOrMake(this.#network, source, () => new NetworkDerivation(source));
  }
}
