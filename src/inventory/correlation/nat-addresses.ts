import { getOrMake } from '#lib/get-or-make.ts';
import { addressKey, type CloudFacts } from './cloud-facts.ts';
import { removeFrom } from './group-by.ts';

/** Which Elastic IPs NAT gateways use, by {@link addressKey}. */
export class NatAddresses {
  readonly #gateways = new Map<string, Set<CloudFacts>>();
  readonly #elasticIps = new Map<string, Set<CloudFacts>>();

  /** @returns Elastic IPs of which it says something else than before. */
  put(facts: CloudFacts): readonly CloudFacts[] {
    for (const key of keysOf(facts)) getOrMake(this.#elasticIps, key, () => new Set()).add(facts);
    return facts.natAddresses.flatMap((key) => {
      const gateways = getOrMake(this.#gateways, key, () => new Set());
      gateways.add(facts);
      return gateways.size === 1 ? [...(this.#elasticIps.get(key) ?? [])] : [];
    });
  }

  /** @returns Elastic IPs of which it says something else than before. */
  drop(facts: CloudFacts): readonly CloudFacts[] {
    for (const key of keysOf(facts)) removeFrom(this.#elasticIps, key, facts);
    return facts.natAddresses.flatMap((key) => {
      removeFrom(this.#gateways, key, facts);
      return this.#gateways.has(key) ? [] : [...(this.#elasticIps.get(key) ?? [])];
    });
  }

  isOfNat(elasticIp: CloudFacts): boolean {
    return keysOf(elasticIp).some((key) => this.#gateways.has(key));
  }
}

const NONE: readonly never[] = [];

const keysOf = ({ row: { service, source, resourceId } }: CloudFacts): readonly string[] =>
  service === 'eip' ? [addressKey(source, resourceId)] : NONE;
