import { canonicalAddress } from '#lib/addresses.ts';
import { refOf } from '#lib/record-ref.ts';
import type { ResourceFacts } from '../facts.ts';
import { addTo, type Collector } from './collector.ts';
import type { Unmatched, WhyNotCode } from './correlation.ts';
import type { CorrelationIndex } from './correlation-index.ts';
import type { CloudRecords, NetworkRecords } from './correlation-input.ts';
import type { Decision } from './decide.ts';
import type { HostFacts } from './host-facts.ts';
import type { Scope } from './network-scope.ts';
import { instanceNames, isGenericName } from './rules/names.ts';

/** Services whose resources have an address on a network. A resource of any other service, such as a bucket, is not expected to be a host. */
const ADDRESSABLE = new Set(['ec2', 'rds', 'alb', 'eip', 'eni', 'nat_gateway']);

export interface UnmatchedBySide {
  readonly cloud: readonly Unmatched[];
  readonly network: readonly Unmatched[];
}

/**
 * Every host and every addressable resource without a link, with the reasons: those that rules reported, or else which key is
 * missing. Where a source of the other side has not been read completely, that is a reason, too.
 */
export function unmatchedOf(
  index: CorrelationIndex,
  scope: Scope,
  collector: Collector,
  decisions: readonly Decision[],
  snapshots: { readonly cloud: readonly CloudRecords[]; readonly network: readonly NetworkRecords[] },
): UnmatchedBySide {
  const known = readDecisions(decisions);
  const gapsOf = (side: readonly { source: string; complete: boolean }[]) =>
    side.filter(({ complete }) => !complete).map(({ source }): WhyNotCode => `SOURCE_INCOMPLETE(${source})`);
  const [cloudGaps, networkGaps] = [gapsOf(snapshots.cloud), gapsOf(snapshots.network)];
  const reasons = (
    of: HostFacts | ResourceFacts,
    reported: ReadonlySet<WhyNotCode> | undefined,
    otherwise: () => readonly WhyNotCode[],
    gaps: readonly WhyNotCode[],
  ): readonly WhyNotCode[] => {
    const decided = known.codes.get(of);
    const codes = reported || decided ? [...(reported ?? []), ...(decided ?? [])] : otherwise();
    return codes.length + gaps.length === 1 ? [...codes, ...gaps] : [...new Set([...codes, ...gaps])].sort();
  };
  // Both are in order of source and id.
  const network = index.hosts
    .filter((facts) => !known.linked.has(facts))
    .map((facts) => ({
      asset: refOf(facts.host),
      reasons: reasons(facts, collector.hostCodes.get(facts), () => reasonsOfHost(index, scope, facts), cloudGaps),
    }));
  const cloud = index.resources
    .filter((row) => ADDRESSABLE.has(row.service) && !known.linked.has(row))
    .map((row) => ({
      asset: refOf(row),
      reasons: reasons(row, collector.resourceCodes.get(row), () => reasonsOfResource(index, scope, row), networkGaps),
    }));
  return { cloud, network };
}

function readDecisions(decisions: readonly Decision[]) {
  const linked = new Set<HostFacts | ResourceFacts>();
  const codes = new Map<HostFacts | ResourceFacts, Set<WhyNotCode>>();
  for (const { pair, correlation } of decisions) {
    for (const end of [pair.facts, pair.resource]) {
      if (correlation.status === 'LINKED') linked.add(end);
      else for (const code of correlation.whyNot) addTo(codes, end, code);
    }
  }
  return { linked, codes };
}

/** The reasons for a host about which no rule reported anything: it has no usable key, or only keys that the public cloud API does not send. */
function reasonsOfHost(index: CorrelationIndex, scope: Scope, facts: HostFacts): readonly WhyNotCode[] {
  const { ips, excludedIps, shortNames, fqdns } = facts;
  const names = [...shortNames, ...fqdns];
  const onlyGeneric = names.length > 0 && names.every((name) => isGenericName(name, index.genericNames));
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
function reasonsOfResource(index: CorrelationIndex, scope: Scope, row: ResourceFacts): readonly WhyNotCode[] {
  if (row.service === 'eip')
    return [canonicalAddress(row.name ?? '') === null ? 'NO_KEY_ON_CLOUD_SIDE' : 'NOT_ON_NETWORK'];
  if (!hasKey(index, row)) return ['NO_KEY_ON_CLOUD_SIDE'];
  const vpcId = index.vpcOf(row);
  return [vpcId !== null && scope.isVpcMapped(vpcId) ? 'NOT_ON_NETWORK' : 'OUT_OF_SCOPE_NETWORK'];
}

function hasKey(index: CorrelationIndex, row: ResourceFacts): boolean {
  if (row.service === 'rds' || row.service === 'alb') return true;
  const names = row.service === 'ec2' ? instanceNames(row) : [];
  return names.some((name) => !isGenericName(name, index.genericNames));
}
