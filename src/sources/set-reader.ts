import type { Shortfall } from '#lib/sliced-list.ts';
import type { Scope } from './transport/scope.ts';

/** Told, once per call, how many rows of a set could not be understood or were not shown, if any. */
export type ShortfallListener = (short: Shortfall) => void;

/** Reads a set that is small enough to be read whole. */
export type SetReader<T> = (scope: Scope, onShortfall?: ShortfallListener) => Promise<readonly T[]>;
