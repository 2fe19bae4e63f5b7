import { UpstreamError } from '#lib/gateway-error.ts';
import type { Scope } from '../scope.ts';
import type { Freshness } from '../upstream-call.ts';
import { UpstreamStatusError } from '../upstream-errors.ts';
import type { StoredAnswer } from './cache-store.ts';

/** `undefined`: could not be learned. `null`: the upstream has none. */
export type Version = string | null | undefined;

/** What `freshness` says of the data behind an answer; falls back on what was known last. */
export const learnVersion = async ({ version, knownVersion }: Freshness, scope: Scope): Promise<Version> => {
  if (!version) return null;
  try {
    return await version(scope);
  } catch {
    return knownVersion?.();
  }
};

export const lastKnownVersion = ({ version, knownVersion }: Freshness): Version => (version ? knownVersion?.() : null);

type Aged = Pick<StoredAnswer, 'storedAt' | 'version'>;

/** Without a current version to compare with, time alone decides. */
const isCurrent = (answer: Aged, version: Version): boolean =>
  version === undefined || version === null || answer.version === version;

export const isFresh = (answer: Aged, freshness: Freshness, version: Version, now: number): boolean =>
  now - answer.storedAt < freshness.freshMs && isCurrent(answer, version);

/** Old, but good enough to be served while a new one is fetched. */
export const mayRevalidate = (answer: Aged, freshness: Freshness, version: Version, now: number): boolean =>
  now - answer.storedAt < freshness.freshMs + (freshness.revalidateMs ?? 0) && isCurrent(answer, version);

/** Whether an old answer may stand in for a call that failed with `error`. */
export const mayStandIn = (answer: Aged, freshness: Freshness, error: unknown, now: number): boolean =>
  now - answer.storedAt < freshness.freshMs + freshness.staleMs && isExcuse(error);

/** A refusal is an answer: only a server that could not be asked, or made no sense, is excused. */
const isExcuse = (error: unknown): boolean =>
  error instanceof UpstreamError &&
  !(error instanceof UpstreamStatusError) &&
  error.code !== 'UPSTREAM_UNAUTHORIZED' &&
  error.code !== 'UPSTREAM_FORBIDDEN';
