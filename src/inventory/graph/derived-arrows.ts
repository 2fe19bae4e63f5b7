import type { Confidence, DependencyKind } from '#entities/dependency/model.ts';
import type { ResourceModel } from '#entities/resource/model.ts';
import type { AliasIndex } from '../identifiers/alias-index.ts';
import { parseEniDescription } from '../identifiers/eni-description.ts';
import { resolveTarget } from '../identifiers/resolve-target.ts';

/** A relation that no upstream reports and that names give away. */
export interface DerivedRelation {
  readonly from: ResourceModel;
  readonly to: ResourceModel;
  readonly kind: DependencyKind;
  readonly confidence: Confidence;
}

const LOGS_OF_FUNCTION = '/aws/lambda/';

/**
 * Relations of one resource that follow from its own name: an interface's description names its load balancer, a log
 * group its function. Alarms and instance profiles need none: their edges are reported, and resolved by name.
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

/** Only of the same account and region: log groups outlive their functions, and namesakes elsewhere are none of theirs. */
function loggedFunction(group: ResourceModel, index: AliasIndex): readonly DerivedRelation[] {
  const name = group.name ?? '';
  if (!name.startsWith(LOGS_OF_FUNCTION)) return [];
  const target = resolveTarget(index, group, { kind: 'lambda', identifier: name.slice(LOGS_OF_FUNCTION.length) });
  if (!target || target.resource.accountId !== group.accountId || target.resource.region !== group.region) return [];
  return [{ from: group, to: target.resource, kind: 'LOGS_OF', confidence: 'HIGH' }];
}
