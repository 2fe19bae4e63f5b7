import { z } from 'zod';
import type { SourceKindSettings } from './source-options.ts';

const count = (ceiling: number) => z.int().min(1).max(ceiling);

/** What one operation may ask for, and how many a viewer may send. */
export const limits = (kinds: readonly SourceKindSettings[]) =>
  z
    .strictObject({
      bodyBytes: count(100_000_000).default(262_144),
      tokens: count(100_000).default(4000),
      depth: count(100).default(16),
      aliases: count(10_000).default(60),
      directives: count(10_000).default(50),
      listSize: count(100_000).default(1000).describe('Items of any list a client sends.'),
      cost: z
        .strictObject(
          Object.fromEntries(kinds.map(({ name, costLimit }) => [name, count(1_000_000).default(costLimit)])),
        )
        .prefault({})
        .describe('Most upstream requests that one operation may need at worst, by kind of source.'),
      operationTimeoutMs: count(600_000).default(10_000),
      rate: z
        .strictObject({ operations: count(10_000_000), windowSeconds: count(86_400).default(60) })
        .nullable()
        .optional()
        .describe('Operations of one viewer, which may come all at once; null: no limit.'),
    })
    .prefault({});
