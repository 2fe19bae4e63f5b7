import { expect, it } from 'vitest';
import { RecordTextStore } from '#graphql/execution/record-texts.ts';
import { heapMegabytes, MEGABYTE } from '../../../support/heap.ts';

it('a text is given again for its record, by the run of fields that kept it', () => {
  const store = new RecordTextStore();
  const [one, other] = [store.create(), store.create()];
  const record = {};
  one.keep(record, 'text');
  expect([one.get(record), other.get(record), one.get({})]).toEqual(['text', undefined, undefined]);
});

it('texts of all documents together take no more than the bound, also those of documents that nobody asks any more', () => {
  const store = new RecordTextStore();
  const records = Array.from({ length: 100 }, () => ({}));
  const before = heapMegabytes();
  const documents = Array.from({ length: 100 }, () => store.create());
  for (const texts of documents)
    for (const record of records) texts.keep(record, Buffer.alloc(MEGABYTE / 100, 'x').toString('latin1'));
  expect(heapMegabytes() - before).toBeLessThan(24);
  expect(documents.at(-1)?.get(records.at(-1) as object)).toHaveLength(Math.floor(MEGABYTE / 100));
});
