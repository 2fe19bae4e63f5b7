import { describe, expect, it } from 'vitest';
import { pathText } from '#config/describe-issue.ts';
import { closest } from '#lib/text.ts';

describe('a hint for a misspelt word', () => {
  it('is the nearest known word, or none when nothing is near', () => {
    expect(closest('shcema', ['schema', 'scheme', 'other'])).toBe('schema');
    expect(closest('API_KEY', ['apiKey', 'url'])).toBe('apiKey');
    expect(closest('zzz', ['apiKey', 'url'])).toBeNull();
  });
});

describe('the path of a problem', () => {
  it('reads like the file', () => {
    expect(pathText(['sources', 1, 'budget', 'limit'])).toBe('sources[1].budget.limit');
    expect(pathText([])).toBe('the file');
  });
});
