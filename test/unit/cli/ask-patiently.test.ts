import type { ExecutionResult } from 'graphql';
import { describe, expect, it } from 'vitest';
import { askPatiently } from '#cli/ask-patiently.ts';

const limited = (retryAfterSeconds: number) =>
  ({
    errors: [{ message: '', extensions: { code: 'UPSTREAM_RATE_LIMITED', source: 'emea', retryAfterSeconds } }],
  }) as unknown as ExecutionResult;
const tooCostly = {
  errors: [{ message: '', extensions: { code: 'COST_LIMIT_EXCEEDED' } }],
} as unknown as ExecutionResult;
const reading = (complete: boolean): ExecutionResult => ({
  data: {
    sources: [
      {
        ...{ name: 'emea', lastError: null, index: { complete, coverage: complete ? 1 : 0.5 } },
        budget: { remaining: 7, limit: 100, queued: 0 },
      },
    ],
  },
});
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

  it('waits for what costs too much only until the sources are read, and asks again', async () => {
    const { answer, reports } = await asking([tooCostly, reading(false), reading(true), whole], 60);
    expect(answer).toBe(whole);
    expect(reports).toEqual(['Reading emea: 50 %, 7 of 100 requests left']);
  });

  it('does not wait for what costs too much once the sources are read', async () => {
    const { answer, reports, unasked } = await asking([tooCostly, reading(true), whole], 60);
    expect(answer).toBe(tooCostly);
    expect([reports, unasked]).toEqual([[], 1]);
  });

  it('takes what there is when the wait would be longer than allowed', async () => {
    const { answer, reports, unasked } = await asking([limited(61), whole], 60);
    expect(answer).toEqual(limited(61));
    expect([reports, unasked]).toEqual([[], 1]);
  });
});
