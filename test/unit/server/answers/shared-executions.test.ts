import { describe, expect, it } from 'vitest';
import { AnswerText } from '#server/answers/answer-text.ts';
import { SharedExecutions } from '#server/answers/shared-executions.ts';
import { leftByYoungCollections } from '../../../support/heap.ts';

const text = (data: Record<string, unknown>) => new AnswerText(data, { madeAt: 0, freshUntil: 1 });

describe('SharedExecutions', () => {
  it('gives the outcome to who asked in time, and nobody to wait for to who asks later or of another state', async () => {
    const executions = new SharedExecutions();
    const settle = executions.lead('key', [1]);
    const joined = executions.join('key', [1]);
    expect(executions.join('key', [2])).toBeNull();
    const answer = text({});
    settle(answer);
    expect(executions.join('key', [1])).toBeNull();
    expect(await joined).toBe(answer);
  });

  it('leaves nothing of finished executions to full collections', () => {
    const executions = new SharedExecutions();
    const running: (() => void)[] = [];
    let key = 0;
    const turnOver = () => {
      for (let i = 0; i < 1000; i += 1) {
        const settle = executions.lead(String(++key), [0]);
        // Nearly a kilobyte each, and 32 others are running.
        running.push(() => settle(text({ held: new Array(100).fill(i) })));
        if (running.length > 32) running.shift()?.();
      }
    };
    expect(leftByYoungCollections(turnOver)).toBeLessThan(10);
  });
});
