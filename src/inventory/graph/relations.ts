import type { DependencyKind } from '#entities/dependency/model.ts';

export type ImpactEffect = 'BREAKS' | 'DEGRADES' | 'ORPHANS' | 'BLINDS';

/**
 * What one relation means. An arrow runs the way its upstream reports it; who depends on whom is `needs`, and the two
 * differ: a volume is attached to the instance that cannot do without it.
 */
export interface Relation {
  /** Row of {@link RELATIONS}, small enough for a byte. */
  readonly code: number;
  readonly kind: DependencyKind;
  readonly needs: 'FROM_NEEDS_TO' | 'TO_NEEDS_FROM' | 'NEITHER';
  /** On the needer, when what it needs goes. Null where nobody needs anybody. */
  readonly effect: Exclude<ImpactEffect, 'ORPHANS'> | null;
  /** Several of one relation stand in for each other: the needer degrades until the last of them goes, then breaks. */
  readonly anyOf: boolean;
  /** The needed side is left without purpose, and still costs, once its last needer is gone. */
  readonly orphans: boolean;
  /** What the inventories do not tell and a reader of an effect should know. */
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

/** Relations as ScanOrbit words them; `attached_to` means three different things by its ends. */
const WORDED = {
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

/** Relations whose kind alone says what they mean: Scanopy's, and those derived by name or by correlation. */
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
  CONTAINED_IN: WORDED.in_vpc,
  PROTECTED_BY: WORDED.uses_sg,
  RUNS_AS: WORDED.uses_role,
  ENCRYPTED_BY: WORDED.encrypted_by,
  USES: WORDED.uses_eip,
  ATTACHED_TO: WORDED.attached_to,
  OWNS: WORDED.owns,
  ROUTES_TO: WORDED.targets,
  MONITORS: WORDED.monitors,
} as const satisfies Record<DependencyKind, Relation>;

/** Every relation; `RELATIONS[relation.code] === relation`. */
export const RELATIONS: readonly Relation[] = Object.freeze(rows.map((relation) => Object.freeze(relation)));

/** The relation of a kind that needs no further words; of kinds with several rows, the plainest. */
export const relationOfKind = (kind: DependencyKind): Relation => BY_KIND[kind];

/** An edge as an upstream sends it: its own word (null where it sends none) and the kinds of its two ends. */
export interface RawRelation {
  readonly rawType: string | null;
  readonly fromService: string;
  readonly toService: string;
}

export interface ReadRelation {
  readonly relation: Relation;
  readonly kind: DependencyKind;
  /** The upstream gave no word, so the pair of services spoke: good for MEDIUM, not for CERTAIN. */
  readonly inferred: boolean;
}

/**
 * Never fails: an unknown word is OTHER, whose ends need nothing of each other; no word between an unknown pair is
 * DEPENDS_ON, source needs target.
 */
export function relationOf({ rawType, fromService, toService }: RawRelation): ReadRelation {
  const word = rawType || wordOfPair(fromService, toService);
  const relation = word === null ? BY_KIND.DEPENDS_ON : relationOfWord(word, fromService);
  return { relation, kind: relation.kind, inferred: !rawType };
}

function relationOfWord(word: string, fromService: string): Relation {
  if (word === 'attached_to' && fromService === 'ebs') return WORDED.volume_attached_to;
  if (word === 'attached_to' && fromService === 'eni') return WORDED.interface_attached_to;
  return Object.hasOwn(WORDED, word) ? WORDED[word as keyof typeof WORDED] : BY_KIND.OTHER;
}

const WORD_OF_TARGET: Readonly<Record<string, keyof typeof WORDED>> = {
  vpc: 'in_vpc',
  subnet: 'in_subnet',
  security_group: 'uses_sg',
  security_groups: 'uses_sg',
  kms: 'encrypted_by',
  kms_key: 'encrypted_by',
  iam: 'uses_role',
  iam_role: 'uses_role',
};

const WORD_OF_PAIR: Readonly<Record<string, keyof typeof WORDED>> = {
  'ebs ec2': 'attached_to',
  'eni ec2': 'attached_to',
  'nat_gateway eni': 'attached_to',
  'nat_gateway eip': 'uses_eip',
  'lambda lambda_layer': 'uses_layer',
  'alb target_group': 'owns',
  'alb ec2': 'targets',
  'alb lambda': 'targets',
};

/** In ScanOrbit's set of relations each pair of services stands for exactly one word. */
function wordOfPair(fromService: string, toService: string): string | null {
  if (fromService === 'cloudwatch_alarm') return 'monitors';
  return WORD_OF_TARGET[toService] ?? WORD_OF_PAIR[`${fromService} ${toService}`] ?? null;
}
