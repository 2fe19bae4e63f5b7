import { createRateLimiter, rateHeaders } from '#demo/scanorbit/rate-limiter.ts';
import type { Allowance, BudgetOptions, Outcome } from '#sources/transport/budget/allowance.ts';

export const windowOf = (limit: number, windowSeconds: number): BudgetOptions => ({
  rate: { kind: 'fixedWindow', limit, windowSeconds },
  reserve: 0.1,
});

/** An upstream that counts as ScanOrbit does, and answers with its headers. */
export const countingUpstream = (limit: number, windowMs: number) => {
  const verdict = createRateLimiter({ limit, windowMs }, Date.now);
  let served = 0;
  let refused = 0;
  return {
    ask: (): Outcome => {
      const of = verdict();
      if (of.allowed) served += 1;
      else refused += 1;
      const headers = { ...rateHeaders(of), date: new Date().toUTCString() };
      return { kind: 'answered', headers, receivedAt: Date.now() };
    },
    get served() {
      return served;
    },
    get refused() {
      return refused;
    },
  };
};

/** Sends one request where the allowance grants it. @returns whether it did. */
export const spend = async (
  allowance: Pick<Allowance, 'take' | 'settle'>,
  upstream: ReturnType<typeof countingUpstream>,
): Promise<boolean> => {
  const { ticket } = await allowance.take(0);
  if (ticket) allowance.settle(ticket, upstream.ask());
  return ticket !== null;
};
