import type { Confidence, DependencyKind } from '#entities/dependency/model.ts';
import type { ResourceModel } from '#entities/resource/model.ts';
import type { AliasIndex } from '../identifiers/alias-index.ts';
import { parseEniDescription } from '../identifiers/eni-description.ts';
import { resolveTarget } from '../identifiers/resolve-target.ts';

/** A relation that no upstream reports but that follows from a name. */
export interface DerivedRelation {
  readonly from: ResourceModel;
  readonly to: ResourceModel;
  readonly kind: DependencyKind;
  readonly confidence: Confidence;
}

const LOGS_OF_FUNCTION = '/aws/lambda/';

/**
 * Relations of one resource that follow from its own name: the description of a network interface contains the load balancer that it
 * belongs to, and the name of a log group contains its function. The edges of alarms and instance profiles are reported.
 */
export function derivedRelations(resource: ResourceModel, index: AliasIndex): readonly DerivedRelation[] {
  if (resource.service === 'eni') return interfaceOwner(resource, index);
  if (resource.service === 'cloudwatch_logs') return loggedFunction(resource, index);
  return [];
}

function interfaceOwner(eni: ResourceModel, index: AliasIndex): readonly DerivedRelation[] {
  const owner = parseEniDescription(eni.name ?? '');
  if (owner?.owner !== 'BALANCER') return [];
  const target = resolveTarget(index, eni, { kind: 'alb', identifier: owner.suffix });
  return target ? [{ from: eni, to: target.resource, kind: 'PART_OF', confidence: 'CERTAIN' }] : [];
}

/** Only a function in the same account and region: a log group may outlive its function, and functions of that name elsewhere are other ones. */
function loggedFunction(group: ResourceModel, index: AliasIndex): readonly DerivedRelation[] {
  const name = group.name ?? '';
  if (!name.startsWith(LOGS_OF_FUNCTION)) return [];
  const target = resolveTarget(index, group, { kind: 'lambda', identifier: name.slice(LOGS_OF_FUNCTION.length) });
  if (!target || target.resource.accountId !== group.accountId || target.resource.region !== group.region) return [];
  return [{ from: group, to: target.resource, kind: 'LOGS_OF', confidence: 'HIGH' }];
}
