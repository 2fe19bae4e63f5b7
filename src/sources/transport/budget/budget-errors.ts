import { UpstreamError } from '#lib/gateway-error.ts';
import type { AllowanceStatus } from './allowance.ts';

/** The allowance cannot answer in time; says when it could. */
export const budgetSpent = (
  source: string,
  waitMs: number,
  { limit, windowSeconds }: Pick<AllowanceStatus, 'limit' | 'windowSeconds'>,
): UpstreamError => {
  const retryAfterSeconds = Math.max(1, Math.ceil(waitMs / 1000));
  const message = `The request budget of the source "${source}" is spent; try again in ${retryAfterSeconds} s.`;
  return new UpstreamError('UPSTREAM_RATE_LIMITED', source, message, { retryAfterSeconds, limit, windowSeconds });
};

/** There was allowance, but requests under way left no room. */
export const tooBusy = (source: string): UpstreamError =>
  new UpstreamError('UPSTREAM_TIMEOUT', source, `The source "${source}" was too busy to be asked in time.`, {
    phase: 'queue',
  });

export const closing = (source: string): UpstreamError =>
  new UpstreamError('UPSTREAM_UNAVAILABLE', source, 'The gateway is shutting down.');
