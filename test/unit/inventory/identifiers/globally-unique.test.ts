import { expect, it } from 'vitest';
import { isGloballyUnique, localName } from '#inventory/identifiers/aws-identifiers.ts';

it.each([
  'i-0123456789abcdef0',
  'sg-01234567',
  'eipalloc-0123456789abcdef0',
  'arn:aws:lambda:eu-west-1:012345678901:function:mailer',
  `AKIA${'A'.repeat(16)}`,
])('%s names one thing wherever it is met', (identifier) => {
  expect(isGloballyUnique(identifier)).toBe(true);
});

it.each([
  'orders-db',
  'my-bucket',
  'arn:aws:s3:::my-bucket',
  'arn:aws:rds:eu-west-1:012345678901:db:orders-db',
  '10.0.0.7',
  'alias/x',
  'logs-20240101',
])('%s may name several', (identifier) => {
  expect(isGloballyUnique(identifier)).toBe(false);
});

it('a database is called the same by its name and by its ARN', () => {
  expect(localName('arn:aws:rds:eu-west-1:012345678901:db:orders-db')).toBe(localName('orders-db'));
});
