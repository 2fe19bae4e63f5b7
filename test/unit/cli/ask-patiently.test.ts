import type { ExecutionResult } from 'graphql';
import { describe, expect, it } from 'vitest';
import { askPatiently } from '#cli/ask-patiently.ts';

const limited = (retryAfterSeconds: number) =>
  ({
    errors: [{ message: '', extensions: { code: 'UPSTREAM_RATE_LIMITED', source: 'emea', retryAfterSeconds } }],
  }) as unknown as ExecutionResult;
const whole: ExecutionResult = { data: { accounts: [] } };

/** Answers one after the other, and what was reported meanwhile. */
const asking = async (answers: ExecutionResult[], waitSeconds: number) => {
  const reports: string[] = [];
  const left = [...answers];
  const ask = async () => left.shift() ?? whole;
  const answer = await askPatiently(
    ask,
    { query: '{ accounts { id } }' },
    { waitSeconds, report: (text) => void reports.push(text) },
  );
  return { answer, reports, unasked: left.length };
};

describe('asking patiently', () => {
  it('waits for budget as long as the answer says, says so, and asks again', async () => {
    const { answer, reports } = await asking([limited(1), whole], 60);
    expect(answer).toBe(whole);
    expect(reports).toEqual(['Waiting 1 s for the budget of emea']);
  });

  it('takes what there is when the wait would be longer than allowed', async () => {
    const { answer, reports, unasked } = await asking([limited(61), whole], 60);
    expect(answer).toEqual(limited(61));
    expect([reports, unasked]).toEqual([[], 1]);
  });
});
