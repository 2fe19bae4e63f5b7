import { refOf } from '#lib/record-ref.ts';
import type { Candidate } from './candidate.ts';
import type { CloudFacts } from './cloud-facts.ts';
import type { Correlation, CrossRelation, Unmatched, WhyNotCode } from './correlation.ts';
import type { HostFacts } from './host-facts.ts';
import { Listing } from './listing.ts';
import { isHost } from './unmatched.ts';

/** With its JSON, by which it is compared and as which it is handed over. */
export interface Written<T> {
  readonly value: T;
  readonly json: string;
}

/** What a correlation found, in a fixed order. */
export class Correlated {
  readonly links = writtenListing<Correlation>();
  readonly candidates = writtenListing<Correlation>();
  readonly relations = writtenListing<CrossRelation>();
  readonly unmatched = { cloud: unmatchedListing(), network: unmatchedListing() };

  putDecided({ facts, resource, correlation }: Candidate): void {
    const key = `${recordKey(facts.host)}\0${recordKey(resource.row)}`;
    this.links.remove(key);
    this.candidates.remove(key);
    if (correlation) (correlation.status === 'LINKED' ? this.links : this.candidates).put(key, written(correlation));
  }

  putRelation(relation: CrossRelation): void {
    this.relations.put(relationKey(relation), written(relation));
  }

  removeRelation(relation: CrossRelation): void {
    this.relations.remove(relationKey(relation));
  }

  /** @param reasons null: it is linked, or gone */
  putUnmatched(end: HostFacts | CloudFacts, reasons: readonly WhyNotCode[] | null): void {
    const [listing, asset] = isHost(end)
      ? [this.unmatched.network, refOf(end.host)]
      : [this.unmatched.cloud, refOf(end.row)];
    const key = recordKey(asset);
    if (reasons) listing.put(key, { asset, reasons });
    else listing.remove(key);
  }

  /** To be called once a change is complete. */
  settle(): void {
    for (const listing of [this.links, this.candidates, this.relations]) listing.settle();
    this.unmatched.cloud.settle();
    this.unmatched.network.settle();
  }
}

const written = <T>(value: T): Written<T> => ({ value, json: JSON.stringify(value) });
const writtenListing = <T>() => new Listing<Written<T>>((one, other) => one.json === other.json);
/** Equal reasons are one array. */
const unmatchedListing = () => new Listing<Unmatched>((one, other) => one.reasons === other.reasons);

const recordKey = ({ source, id }: { readonly source: string; readonly id: string }): string => `${source}\0${id}`;

const relationKey = ({ host, other, rule, detail }: CrossRelation): string =>
  [recordKey(host), recordKey(other), rule, detail].join('\0');
