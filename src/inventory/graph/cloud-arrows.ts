import type { Confidence, DependencyKind, DependencyTargetModel } from '#entities/dependency/model.ts';
import { getOrMake } from '#lib/get-or-make.ts';
import type { EdgeFacts, ResourceFacts } from '../facts.ts';
import { type Placeholder, placeholderOf, type ResourceNames, resolveTarget } from '../identifiers/resolve-target.ts';
import { type Arrow, type Vertices, weaker } from './arrow.ts';
import { relationOf } from './relations.ts';

/** The relations of one account, as far as they still hold, from those of each of its resources. */
export const cloudArrows = (
  resources: ReadonlyMap<string, ResourceFacts>,
  arrowsOf: (row: ResourceFacts) => readonly Arrow[],
  vertices: Vertices,
): readonly Arrow[] =>
  settleAttachments([...resources.values()].flatMap(arrowsOf), volumeStates(resources.values(), vertices));

interface ResolvedVertex {
  readonly vertex: string;
  readonly confidence: Confidence;
}

/**
 * Reads the relations of resources: those that are reported, and those that follow from names. Most resources of an account and region share their VPC, subnets and
 * security groups, so each target is resolved once for all of them.
 */
export class ArrowReader {
  readonly #targets = new Map<string, Map<string, ResolvedVertex>>();
  readonly #aliases: ResourceNames;
  readonly #vertices: Vertices;
  readonly #keep: (of: Placeholder) => string;

  constructor(aliases: ResourceNames, vertices: Vertices, keep: (of: Placeholder) => string) {
    this.#aliases = aliases;
    this.#vertices = vertices;
    this.#keep = keep;
  }

  read(resource: ResourceFacts, edges: readonly EdgeFacts[]): readonly Arrow[] {
    const from = this.#vertices.of(resource);
    const vpcId = edges.find(({ target }) => target.kind === 'vpc')?.target.identifier ?? null;
    const scope = [resource.source, resource.accountId, resource.region, vpcId].join('\0');
    const targets = getOrMake(this.#targets, scope, () => new Map());
    const reported = edges.map(({ target, relationship, confidence }): Arrow => {
      const { vertex: to, confidence: atMost } = getOrMake(targets, `${target.kind}\0${target.identifier}`, () =>
        this.#resolve(resource, target, vpcId),
      );
      const { relation } = relationOf({ rawType: relationship, fromService: resource.service, toService: target.kind });
      return { from, to, kind: relation.kind, relation, relationship, confidence: weaker(confidence, atMost) };
    });
    const derived = derivedRelations(resource, this.#aliases).map(
      ({ to, kind, confidence }): Arrow => ({ from, to: this.#vertices.of(to), kind, relationship: null, confidence }),
    );
    return derived.length === 0 ? reported : [...reported, ...derived];
  }

  #resolve(from: ResourceFacts, target: DependencyTargetModel, vpcId: string | null): ResolvedVertex {
    const resolved = resolveTarget(this.#aliases, from, target);
    return resolved
      ? { vertex: this.#vertices.of(resolved.resource), confidence: resolved.confidence }
      : {
          vertex: this.#keep(placeholderOf(target.kind, target.identifier, { ...from, vpcId })),
          confidence: 'CERTAIN',
        };
  }
}

/** A relation that no upstream reports but that follows from a name. */
export interface DerivedRelation {
  readonly from: ResourceFacts;
  readonly to: ResourceFacts;
  readonly kind: DependencyKind;
  readonly confidence: Confidence;
}

/** The description that AWS gives to an interface of a load balancer; it contains the end of the balancer's ARN. */
const BALANCER_INTERFACE = /^ELB ((?:app|net|gwy)\/[^/\s]+\/[0-9a-f]{16})$/;
const LOGS_OF_FUNCTION = '/aws/lambda/';

/**
 * Relations of one resource that follow from its own name: the description of a network interface contains the load balancer that it
 * belongs to, and the name of a log group contains its function. The edges of alarms and instance profiles are reported.
 */
export function derivedRelations(resource: ResourceFacts, index: ResourceNames): readonly DerivedRelation[] {
  if (resource.service === 'eni') return interfaceOwner(resource, index);
  if (resource.service === 'cloudwatch_logs') return loggedFunction(resource, index);
  return [];
}

function interfaceOwner(eni: ResourceFacts, index: ResourceNames): readonly DerivedRelation[] {
  const balancer = BALANCER_INTERFACE.exec(eni.name ?? '')?.[1];
  const target = balancer && resolveTarget(index, eni, { kind: 'alb', identifier: balancer });
  return target ? [{ from: eni, to: target.resource, kind: 'PART_OF', confidence: 'CERTAIN' }] : [];
}

/** Only a function in the same account and region: a log group may outlive its function, and functions of that name elsewhere are other ones. */
function loggedFunction(group: ResourceFacts, index: ResourceNames): readonly DerivedRelation[] {
  const name = group.name ?? '';
  if (!name.startsWith(LOGS_OF_FUNCTION)) return [];
  const target = resolveTarget(index, group, { kind: 'lambda', identifier: name.slice(LOGS_OF_FUNCTION.length) });
  if (!target || target.resource.accountId !== group.accountId || target.resource.region !== group.region) return [];
  return [{ from: group, to: target.resource, kind: 'LOGS_OF', confidence: 'HIGH' }];
}

const VOLUME_ATTACHMENT = relationOf({ rawType: 'attached_to', fromService: 'ebs', toService: 'ec2' }).relation;

/**
 * Corrects attachments of volumes that no longer hold. ScanOrbit never removes an edge. The attachment of a volume whose state is
 * unattached is dropped. A volume that is attached to several instances has at least one edge that no longer holds; since it is not
 * known which, all of them become MEDIUM.
 */
export function settleAttachments(
  arrows: readonly Arrow[],
  stateOf: (vertex: string) => string | null,
): readonly Arrow[] {
  const live = arrows.filter((arrow) => arrow.relation !== VOLUME_ATTACHMENT || stateOf(arrow.from) !== 'unattached');
  const holders = new Map<string, Set<string>>();
  for (const { relation, from, to } of live) {
    if (relation === VOLUME_ATTACHMENT) holders.set(from, (holders.get(from) ?? new Set()).add(to));
  }
  return live.map((arrow) => {
    const isShared = arrow.relation === VOLUME_ATTACHMENT && (holders.get(arrow.from)?.size ?? 0) > 1;
    return isShared ? { ...arrow, confidence: weaker(arrow.confidence, 'MEDIUM') } : arrow;
  });
}

const volumeStates = (resources: Iterable<ResourceFacts>, vertices: Vertices): ((vertex: string) => string | null) => {
  const states = new Map<string, string | null>();
  for (const row of resources) if (row.service === 'ebs') states.set(vertices.of(row), row.state);
  return (vertex) => states.get(vertex) ?? null;
};
