import { controlFindingKinds } from './control-finding-kinds.ts';
import type { FindingKind } from './finding-kind.ts';
import { machineFindingKinds } from './machine-finding-kinds.ts';
import { networkFindingKinds } from './network-finding-kinds.ts';

export const findingKinds: readonly FindingKind[] = [
  ...machineFindingKinds,
  ...networkFindingKinds,
  ...controlFindingKinds,
];
