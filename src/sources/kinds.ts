import { scanopy } from './scanopy/index.ts';
import { scanorbit } from './scanorbit/index.ts';
import type { AnySourceKind } from './source-kind.ts';

/** Every kind of source this gateway can read. A new one is a folder beside theirs and a line here. */
export const sourceKinds: readonly AnySourceKind[] = [scanorbit, scanopy];
