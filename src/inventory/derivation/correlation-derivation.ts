import { correlatorSettings } from '../correlation/correlate.ts';
import type { Correlated } from '../correlation/correlated.ts';
import type { NetworkRecords } from '../correlation/correlation-input.ts';
import { changedTables } from '../correlation/correlation-table.ts';
import { Correlator } from '../correlation/correlator.ts';
import { type ArrowTable, arrowTable } from '../graph/arrow-table.ts';
import { correlationArrows } from '../graph/network-arrows.ts';
import type { CloudDerivation } from './cloud-derivation.ts';
import type { DeriveAnswer, DeriveRequest } from './messages.ts';
import type { NetworkDerivation } from './network-derivation.ts';

/** With what else a correlator was made: with anything else, another one is. */
interface Made {
  readonly correlator: Correlator;
  readonly network: readonly NetworkRecords[];
  readonly others: string;
}

type Request = Pick<DeriveRequest, 'sources' | 'rules'>;

/** Which hosts are which resources. After resources changed, a correlator goes on; after anything else did, another one begins. */
export class CorrelationDerivation {
  #made: Made | null = null;

  /** What changed since the last time. */
  derive(
    clouds: ReadonlyMap<string, CloudDerivation>,
    networks: ReadonlyMap<string, NetworkDerivation>,
    { sources, rules }: Request,
  ): Pick<DeriveAnswer, 'correlation' | 'arrows'> {
    const asked = sources.flatMap(({ source }) => clouds.get(source) ?? []);
    const heads = sources.flatMap(({ source, complete }) => clouds.get(source)?.recordsBesides(complete) ?? []);
    const network = sources.flatMap(({ source, complete }) => networks.get(source)?.records(complete) ?? []);
    const others = JSON.stringify([heads, rules]);
    const known = this.#made && isMadeWith(this.#made, network, others) ? this.#made.correlator : null;
    // Two at once would be too much memory.
    this.#made = null;
    const correlator = known ?? new Correlator(correlatorSettings(heads, network, rules));
    this.#made = { correlator, network, others };
    for (const cloud of asked) cloud.correlate(correlator, !known);
    const found = correlator.settle();
    const correlation = changedTables(found);
    const areArrowsNew = correlation.links !== undefined || correlation.relations !== undefined;
    return { correlation, ...(areArrowsNew && { arrows: arrowsOf(found) }) };
  }
}

const arrowsOf = ({ links, relations }: Correlated): ArrowTable => {
  const [linked, related] = [links.rows(), relations.rows()];
  return arrowTable(
    correlationArrows(
      linked.map(({ value }) => value),
      related.map(({ value }) => value),
    ),
  );
};

const isMadeWith = (made: Made, network: readonly NetworkRecords[], others: string): boolean =>
  made.others === others &&
  made.network.length === network.length &&
  made.network.every((records, i) => records === network[i]);
