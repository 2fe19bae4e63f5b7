import type { ResourceModel } from '#entities/resource/model.ts';
import { canonicalAddress } from '#lib/ip-address.ts';
import { type RecordRef, refKey } from '#lib/record-ref.ts';
import { addTo, type Collector, refOf } from './collector.ts';
import type { Correlation, Unmatched, WhyNotCode } from './correlation.ts';
import { isGenericName } from './generic-names.ts';
import { bySourceAndId, type Ground } from './ground.ts';
import type { HostFacts } from './host-facts.ts';
import type { CloudPicture, NetworkPicture } from './pictures.ts';
import { instanceNames } from './rules/name-tag.ts';
import type { Scope } from './scope.ts';

/** Resources that can be met on a network at all. A bucket without a host is not a gap. */
const ADDRESSABLE = new Set(['ec2', 'rds', 'alb', 'eip', 'eni', 'nat_gateway']);

export interface UnmatchedBySide {
  readonly cloud: readonly Unmatched[];
  readonly network: readonly Unmatched[];
}

/** Everything without a link, with what the rules said about it and, where they said nothing, with what it lacks. */
export function unmatchedOf(
  ground: Ground,
  scope: Scope,
  collector: Collector,
  correlations: readonly Correlation[],
  pictures: { readonly cloud: readonly CloudPicture[]; readonly network: readonly NetworkPicture[] },
): UnmatchedBySide {
  const said = readCorrelations(correlations);
  const gapsOf = (side: readonly { source: string; complete: boolean }[]) =>
    side.filter(({ complete }) => !complete).map(({ source }): WhyNotCode => `SOURCE_INCOMPLETE(${source})`);
  const [cloudGaps, networkGaps] = [gapsOf(pictures.cloud), gapsOf(pictures.network)];
  const isOpen = (asset: RecordRef) => !said.linked.has(refKey(asset));

  const network = ground.hosts
    .filter(({ host }) => isOpen(host))
    .map((facts) => {
      const codes = new Set([...(collector.hostCodes.get(facts) ?? []), ...(said.codes.get(refKey(facts.host)) ?? [])]);
      if (codes.size === 0) for (const code of lackOfHost(ground, scope, facts)) codes.add(code);
      for (const gap of cloudGaps) codes.add(gap);
      return { asset: refOf(facts.host), reasons: [...codes].sort() };
    });
  const cloud = ground.resources
    .filter((row) => ADDRESSABLE.has(row.service) && isOpen(row))
    .map((row) => {
      const codes = new Set([...(collector.resourceCodes.get(row) ?? []), ...(said.codes.get(refKey(row)) ?? [])]);
      if (codes.size === 0) for (const code of lackOfResource(ground, scope, row)) codes.add(code);
      for (const gap of networkGaps) codes.add(gap);
      return { asset: refOf(row), reasons: [...codes].sort() };
    });
  return { cloud, network: network.sort((a, b) => bySourceAndId(a.asset, b.asset)) };
}

function readCorrelations(correlations: readonly Correlation[]) {
  const linked = new Set<string>();
  const codes = new Map<string, Set<WhyNotCode>>();
  for (const { status, host, resource, whyNot } of correlations) {
    for (const key of [refKey(host), refKey(resource)]) {
      if (status === 'LINKED') linked.add(key);
      else for (const code of whyNot) addTo(codes, key, code);
    }
  }
  return { linked, codes };
}

/** No rule had anything to say: the keys it has are keys that the public cloud API does not send. */
function lackOfHost(ground: Ground, scope: Scope, facts: HostFacts): readonly WhyNotCode[] {
  const { ips, excludedIps, shortNames, fqdns } = facts;
  const names = [...shortNames, ...fqdns];
  const onlyGeneric = names.length > 0 && names.every((name) => isGenericName(name, ground.genericNames));
  if (ips.length === 0 && names.length === 0)
    return [excludedIps.length > 0 ? 'EXCLUDED_ADDRESS' : 'NO_KEY_ON_NETWORK_SIDE'];
  const codes: WhyNotCode[] = ['NO_KEY_ON_CLOUD_SIDE'];
  if (onlyGeneric) codes.push('GENERIC_NAME');
  if (!scope.isMapped(facts)) codes.push('OUT_OF_SCOPE_NETWORK');
  return codes;
}

/** A key that hosts could carry, none does, and a network that looks there; or, much more often, no key at all. */
function lackOfResource(ground: Ground, scope: Scope, row: ResourceModel): readonly WhyNotCode[] {
  if (row.service === 'eip')
    return [canonicalAddress(row.name ?? '') === null ? 'NO_KEY_ON_CLOUD_SIDE' : 'NOT_ON_NETWORK'];
  if (!hasKey(ground, row)) return ['NO_KEY_ON_CLOUD_SIDE'];
  const vpcId = ground.vpcOf(row);
  return [vpcId !== null && scope.isVpcMapped(vpcId) ? 'NOT_ON_NETWORK' : 'OUT_OF_SCOPE_NETWORK'];
}

function hasKey(ground: Ground, row: ResourceModel): boolean {
  if (row.service === 'rds' || row.service === 'alb') return true;
  const names = row.service === 'ec2' ? instanceNames(row) : [];
  return names.some((name) => !isGenericName(name, ground.genericNames));
}
