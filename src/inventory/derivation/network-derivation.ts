import { getOrMake } from '#lib/get-or-make.ts';
import type { NetworkRecords } from '../correlation/correlation-input.ts';
import type { MachineFacts } from '../facts.ts';
import { Vertices } from '../graph/arrow.ts';
import { arrowTable } from '../graph/arrow-table.ts';
import { networkArrows } from '../graph/network-arrows.ts';
import { placeholderTable } from '../graph/placeholder-table.ts';
import type { Placeholder } from '../identifiers/resolve-target.ts';
import type { HostRows, Part, RowOfPart, SourceHead, SourceParts } from './messages.ts';
import { namesOf } from './parts.ts';

type NetworkHead = Extract<SourceHead, { side: 'NETWORK' }>;

/** What follows from one network source: names network by network, relations for all of it, since cables and services cross networks. */
export class NetworkDerivation {
  readonly #source: string;
  readonly #networks = new Map<string, Map<string, MachineFacts>>();
  readonly #changed = new Set<string>();
  #head: NetworkHead | null = null;
  #isHeadNew = false;
  #records: NetworkRecords | null = null;

  constructor(source: string) {
    this.#source = source;
  }

  put(rows: HostRows): void {
    for (const row of rows) {
      getOrMake(this.#networks, row.networkId, () => new Map()).set(row.id, row);
      this.#changed.add(row.networkId);
      this.#records = null;
    }
  }

  drop(rows: readonly RowOfPart[]): void {
    for (const [networkId, id] of rows) {
      if (!this.#networks.get(networkId)?.delete(id)) continue;
      this.#changed.add(networkId);
      this.#records = null;
    }
  }

  set head(head: NetworkHead) {
    if (JSON.stringify(head) === JSON.stringify(this.#head)) return;
    this.#head = head;
    this.#isHeadNew = true;
    this.#records = null;
  }

  /** The parts that changed since it was last asked. */
  parts(): SourceParts {
    const changed: [string, Part | null][] = [];
    for (const id of this.#changed) {
      const hosts = [...(this.#networks.get(id)?.values() ?? [])];
      if (hosts.length === 0) this.#networks.delete(id);
      const named = hosts.flatMap((host) => [host, ...host.services]);
      changed.push([id, hosts.length === 0 ? null : { names: namesOf(named) }]);
    }
    if (this.#isHeadNew || this.#changed.size > 0) changed.push(['', this.#wholePart()]);
    this.#isHeadNew = false;
    this.#changed.clear();
    return { source: this.#source, changed };
  }

  records(complete: boolean): NetworkRecords {
    if (!this.#records || this.#records.complete !== complete) {
      this.#records = {
        source: this.#source,
        hosts: [...this.#hosts().values()],
        subnets: this.#head?.subnets ?? [],
        tags: this.#head?.tags ?? [],
        discoveries: this.#head?.discoveries ?? [],
        complete,
      };
    }
    return this.#records;
  }

  #hosts(): Map<string, MachineFacts> {
    return new Map([...this.#networks.values()].flatMap((hosts) => [...hosts]));
  }

  #wholePart(): Part {
    const { networks = [], subnets = [], serviceDependencies = [] } = this.#head ?? {};
    const vertices = new Vertices();
    const placeholders = new Map<string, Placeholder>();
    const source = { source: this.#source, hosts: this.#hosts(), serviceDependencies };
    const arrows = networkArrows(source, vertices, (placeholder) => {
      const vertex = vertices.of(placeholder);
      placeholders.set(vertex, placeholder);
      return vertex;
    });
    return {
      names: namesOf([...networks, ...subnets]),
      relations: { arrows: arrowTable(arrows), placeholders: placeholderTable(placeholders) },
    };
  }
}
