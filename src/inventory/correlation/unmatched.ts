import { canonicalAddress } from '#lib/addresses.ts';
import { getOrMake } from '#lib/get-or-make.ts';
import type { ResourceFacts } from '../facts.ts';
import type { Candidate } from './candidate.ts';
import type { CloudFacts } from './cloud-facts.ts';
import type { WhyNotCode } from './correlation.ts';
import type { CorrelationConfig } from './correlation-input.ts';
import type { CodeFinding } from './findings.ts';
import type { HostFacts } from './host-facts.ts';
import type { Scope } from './network-scope.ts';
import { instanceNames, isGenericName, namesIdentifyingNothing } from './rules/names.ts';

/** Services whose resources have an address on a network. A resource of any other service, such as a bucket, is not expected to be a host. */
const ADDRESSABLE = new Set(['ec2', 'rds', 'alb', 'eip', 'eni', 'nat_gateway']);

export const isAddressable = ({ row }: CloudFacts): boolean => ADDRESSABLE.has(row.service);

export const isHost = (end: HostFacts | CloudFacts): end is HostFacts => 'host' in end;

/** Names of the sources of each side that have not been read completely: what is missing may be in there. */
export interface Gaps {
  readonly cloud: readonly string[];
  readonly network: readonly string[];
}

/**
 * Why a host or an addressable resource has no link: the reasons that rules reported, or else which key is missing. Where a source of
 * the other side has not been read completely, that is a reason, too.
 */
export class UnmatchedReasons {
  readonly #generic: ReadonlySet<string>;
  readonly #gapsOfHosts: readonly WhyNotCode[];
  readonly #gapsOfResources: readonly WhyNotCode[];
  readonly #known = new Map<string, readonly WhyNotCode[]>();

  constructor(gaps: Gaps, config: CorrelationConfig) {
    const incomplete = (source: string): WhyNotCode => `SOURCE_INCOMPLETE(${source})`;
    this.#generic = namesIdentifyingNothing(config);
    this.#gapsOfHosts = gaps.cloud.map(incomplete);
    this.#gapsOfResources = gaps.network.map(incomplete);
  }

  /** @returns null if it has a link; equal reasons are one array. */
  of(
    end: HostFacts | CloudFacts,
    said: Iterable<CodeFinding>,
    candidates: Iterable<Candidate>,
    scope: Scope,
  ): readonly WhyNotCode[] | null {
    const codes = new Set<WhyNotCode>();
    for (const { code } of said) codes.add(code);
    for (const { correlation } of candidates) {
      if (correlation?.status === 'LINKED') return null;
      for (const code of correlation?.whyNot ?? []) codes.add(code);
    }
    if (codes.size === 0) for (const code of this.#otherwise(end, scope)) codes.add(code);
    for (const code of isHost(end) ? this.#gapsOfHosts : this.#gapsOfResources) codes.add(code);
    const reasons = codes.size > 1 ? [...codes].sort() : [...codes];
    return getOrMake(this.#known, reasons.length > 1 ? reasons.join('\0') : (reasons[0] ?? ''), () => reasons);
  }

  #otherwise(end: HostFacts | CloudFacts, scope: Scope): readonly WhyNotCode[] {
    return isHost(end) ? reasonsOfHost(end, scope, this.#generic) : reasonsOfResource(end, scope, this.#generic);
  }
}

/** The reasons for a host about which no rule reported anything: it has no usable key, or only keys that the public cloud API does not send. */
function reasonsOfHost(facts: HostFacts, scope: Scope, generic: ReadonlySet<string>): readonly WhyNotCode[] {
  const { ips, excludedIps, shortNames, fqdns } = facts;
  const names = [...shortNames, ...fqdns];
  const onlyGeneric = names.length > 0 && names.every((name) => isGenericName(name, generic));
  if (ips.length === 0 && names.length === 0)
    return [excludedIps.length > 0 ? 'EXCLUDED_ADDRESS' : 'NO_KEY_ON_NETWORK_SIDE'];
  const codes: WhyNotCode[] = ['NO_KEY_ON_CLOUD_SIDE'];
  if (onlyGeneric) codes.push('GENERIC_NAME');
  if (!scope.isMapped(facts)) codes.push('OUT_OF_SCOPE_NETWORK');
  return codes;
}

/**
 * The reasons for a resource about which no rule reported anything. Most have no key that a host could have. Where there is one, no
 * host has it: the resource is not on the network if the network of its VPC is scanned, and out of scope if it is not.
 */
function reasonsOfResource(
  { row, vpcId }: CloudFacts,
  scope: Scope,
  generic: ReadonlySet<string>,
): readonly WhyNotCode[] {
  if (row.service === 'eip')
    return [canonicalAddress(row.name ?? '') === null ? 'NO_KEY_ON_CLOUD_SIDE' : 'NOT_ON_NETWORK'];
  if (!hasKey(row, generic)) return ['NO_KEY_ON_CLOUD_SIDE'];
  return [vpcId !== null && scope.isVpcMapped(vpcId) ? 'NOT_ON_NETWORK' : 'OUT_OF_SCOPE_NETWORK'];
}

function hasKey(row: ResourceFacts, generic: ReadonlySet<string>): boolean {
  if (row.service === 'rds' || row.service === 'alb') return true;
  const names = row.service === 'ec2' ? instanceNames(row) : [];
  return names.some((name) => !isGenericName(name, generic));
}
