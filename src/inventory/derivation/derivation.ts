import { getOrMake } from '#lib/get-or-make.ts';
import { CloudDerivation } from './cloud-derivation.ts';
import { CorrelationDerivation } from './correlation-derivation.ts';
import type { DerivationMessage, DeriveAnswer, DeriveRequest, HostRows, ResourceRows, SourceNews } from './messages.ts';
import { NetworkDerivation } from './network-derivation.ts';

/** Keeps what is read of every source for derivations, and derives anew what changed. It touches no clock, client or context. */
export class Derivation {
  readonly #cloud = new Map<string, CloudDerivation>();
  readonly #network = new Map<string, NetworkDerivation>();
  readonly #correlation = new CorrelationDerivation();

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
    const correlation = this.#correlation.derive(this.#cloud, this.#network, { sources, rules });
    const parts = [...this.#cloud.values(), ...this.#network.values()].map((source) => source.parts());
    return { sources: parts, ...correlation };
  }

  #cloudOf(source: string): CloudDerivation {
    return getOrMake(this.#cloud, source, () => new CloudDerivation(source));
  }

  #networkOf(source: string): NetworkDerivation {
    return getOrMake(this.#network, source, () => new NetworkDerivation(source));
  }
}
