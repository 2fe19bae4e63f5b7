import type { DependencyKind } from '#entities/dependency/model.ts';

export type ImpactEffect = 'BREAKS' | 'DEGRADES' | 'ORPHANS' | 'BLINDS';

/**
 * What one relation means. An arrow has the direction in which the upstream reports it; which end depends on the other is `needs`. The
 * two may differ: a volume is reported as attached to its instance, and it is the instance that needs the volume.
 */
export interface Relation {
  /** Row of {@link RELATIONS}, small enough for a byte. */
  readonly code: number;
  readonly kind: DependencyKind;
  readonly needs: 'FROM_NEEDS_TO' | 'TO_NEEDS_FROM' | 'NEITHER';
  /** The effect on the needer when what it needs is lost. Null where neither end needs the other. */
  readonly effect: Exclude<ImpactEffect, 'ORPHANS'> | null;
  /** Several things needed by one relation can replace each other: the needer degrades, and breaks when the last of them is lost. */
  readonly anyOf: boolean;
  /** What is needed has no purpose, but still costs money, once its last needer is gone. */
  readonly orphans: boolean;
  /** What is not known about the relation and may change its effect. */
  readonly note: string | null;
}

type Meaning = Partial<Pick<Relation, 'effect' | 'anyOf' | 'orphans' | 'note'>>;

const rows: Relation[] = [];
const row = (kind: DependencyKind, needs: Relation['needs'], meaning: Meaning = {}): Relation => {
  const relation = {
    code: rows.length,
    kind,
    needs,
    effect: null,
    anyOf: false,
    orphans: false,
    note: null,
    ...meaning,
  };
  rows.push(relation);
  return relation;
};

const volumeNote = 'Whether it is the root volume is not known; a root volume would break the instance.';
const interfaceNote = 'Which interface is the primary one is not known when there are several.';
const unknownNote = 'The relation is of unknown meaning; its effect is assumed.';

/** Relations by ScanOrbit's names. `attached_to` has three different meanings, depending on the services at its ends. */
const BY_NAME = {
  in_vpc: row('CONTAINED_IN', 'FROM_NEEDS_TO', { effect: 'BREAKS' }),
  in_subnet: row('CONTAINED_IN', 'FROM_NEEDS_TO', { effect: 'DEGRADES', anyOf: true }),
  uses_sg: row('PROTECTED_BY', 'FROM_NEEDS_TO', { effect: 'BREAKS', orphans: true }),
  uses_role: row('RUNS_AS', 'FROM_NEEDS_TO', { effect: 'BREAKS', orphans: true }),
  encrypted_by: row('ENCRYPTED_BY', 'FROM_NEEDS_TO', { effect: 'BREAKS', orphans: true }),
  uses_layer: row('USES', 'FROM_NEEDS_TO', { effect: 'DEGRADES', orphans: true }),
  uses_eip: row('USES', 'FROM_NEEDS_TO', { effect: 'BREAKS', orphans: true }),
  volume_attached_to: row('ATTACHED_TO', 'TO_NEEDS_FROM', { effect: 'DEGRADES', orphans: true, note: volumeNote }),
  interface_attached_to: row('ATTACHED_TO', 'TO_NEEDS_FROM', {
    effect: 'DEGRADES',
    anyOf: true,
    orphans: true,
    note: interfaceNote,
  }),
  attached_to: row('ATTACHED_TO', 'FROM_NEEDS_TO', { effect: 'BREAKS' }),
  owns: row('OWNS', 'FROM_NEEDS_TO', { effect: 'DEGRADES', anyOf: true, orphans: true }),
  targets: row('ROUTES_TO', 'FROM_NEEDS_TO', { effect: 'DEGRADES', anyOf: true }),
  monitors: row('MONITORS', 'TO_NEEDS_FROM', { effect: 'BLINDS' }),
} as const;

/** One relation for each kind, for relations that come without ScanOrbit's name: Scanopy's, and those that follow from names or correlation. */
const BY_KIND = {
  PART_OF: row('PART_OF', 'TO_NEEDS_FROM', { effect: 'DEGRADES', anyOf: true }),
  LOGS_OF: row('LOGS_OF', 'TO_NEEDS_FROM', { effect: 'BLINDS' }),
  RUNS_ON: row('RUNS_ON', 'FROM_NEEDS_TO', { effect: 'BREAKS' }),
  CALLS: row('CALLS', 'FROM_NEEDS_TO', { effect: 'BREAKS' }),
  MEMBER_OF_HUB: row('MEMBER_OF_HUB', 'FROM_NEEDS_TO', { effect: 'DEGRADES' }),
  VIRTUALIZED_BY: row('VIRTUALIZED_BY', 'FROM_NEEDS_TO', { effect: 'BREAKS' }),
  CONTAINERIZED_BY: row('CONTAINERIZED_BY', 'FROM_NEEDS_TO', { effect: 'BREAKS' }),
  LINKED_TO: row('LINKED_TO', 'NEITHER'),
  OBSERVED_AS: row('OBSERVED_AS', 'NEITHER'),
  DEPENDS_ON: row('DEPENDS_ON', 'FROM_NEEDS_TO', { effect: 'DEGRADES', note: unknownNote }),
  OTHER: row('OTHER', 'NEITHER'),
  CONTAINED_IN: BY_NAME.in_vpc,
  PROTECTED_BY: BY_NAME.uses_sg,
  RUNS_AS: BY_NAME.uses_role,
  ENCRYPTED_BY: BY_NAME.encrypted_by,
  USES: BY_NAME.uses_eip,
  ATTACHED_TO: BY_NAME.attached_to,
  OWNS: BY_NAME.owns,
  ROUTES_TO: BY_NAME.targets,
  MONITORS: BY_NAME.monitors,
} as const satisfies Record<DependencyKind, Relation>;

/** Every relation; `RELATIONS[relation.code] === relation`. */
export const RELATIONS: readonly Relation[] = Object.freeze(rows.map((relation) => Object.freeze(relation)));

/** The relation for a kind. For a kind with several relations, the most general one. */
export const relationOfKind = (kind: DependencyKind): Relation => BY_KIND[kind];

/** An edge as an upstream sends it: its name for the relation (null where it sends none) and the services of the two ends. */
export interface RawRelation {
  readonly rawType: string | null;
  readonly fromService: string;
  readonly toService: string;
}

export interface ReadRelation {
  readonly relation: Relation;
  readonly kind: DependencyKind;
  /** The upstream sent no name, so the relation was inferred from the two services. Its confidence is then MEDIUM and not CERTAIN. */
  readonly inferred: boolean;
}

/**
 * The meaning of an edge; never throws. An unknown name means OTHER, with no need between the ends. Without a name, the two services
 * decide; two services for which no relation is known mean DEPENDS_ON: the source needs the target.
 */
export function relationOf({ rawType, fromService, toService }: RawRelation): ReadRelation {
  const name = rawType || nameOfPair(fromService, toService);
  const relation = name === null ? BY_KIND.DEPENDS_ON : relationOfName(name, fromService);
  return { relation, kind: relation.kind, inferred: !rawType };
}

function relationOfName(name: string, fromService: string): Relation {
  if (name === 'attached_to' && fromService === 'ebs') return BY_NAME.volume_attached_to;
  if (name === 'attached_to' && fromService === 'eni') return BY_NAME.interface_attached_to;
  return Object.hasOwn(BY_NAME, name) ? BY_NAME[name as keyof typeof BY_NAME] : BY_KIND.OTHER;
}

const NAME_OF_TARGET: Readonly<Record<string, keyof typeof BY_NAME>> = {
  vpc: 'in_vpc',
  subnet: 'in_subnet',
  security_group: 'uses_sg',
  security_groups: 'uses_sg',
  kms: 'encrypted_by',
  kms_key: 'encrypted_by',
  iam: 'uses_role',
  iam_role: 'uses_role',
};

const NAME_OF_PAIR: Readonly<Record<string, keyof typeof BY_NAME>> = {
  'ebs ec2': 'attached_to',
  'eni ec2': 'attached_to',
  'nat_gateway eni': 'attached_to',
  'nat_gateway eip': 'uses_eip',
  'lambda lambda_layer': 'uses_layer',
  'alb target_group': 'owns',
  'alb ec2': 'targets',
  'alb lambda': 'targets',
};

/** In ScanOrbit's set of relations there is exactly one relation between two given services. */
function nameOfPair(fromService: string, toService: string): string | null {
  if (fromService === 'cloudwatch_alarm') return 'monitors';
  return NAME_OF_TARGET[toService] ?? NAME_OF_PAIR[`${fromService} ${toService}`] ?? null;
}
