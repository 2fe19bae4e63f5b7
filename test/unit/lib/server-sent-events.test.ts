import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readServerSentEvents } from '#lib/server-sent-events.ts';

async function* inPieces(bytes: Buffer, borders: readonly number[]): AsyncGenerator<Uint8Array> {
  const cuts = [0, ...borders.map((border) => border % (bytes.length + 1)).toSorted((a, b) => a - b), bytes.length];
  for (const [i, from] of cuts.slice(0, -1).entries()) yield bytes.subarray(from, cuts[i + 1]);
}

const eventsIn = async (text: string, borders: readonly number[] = []): Promise<readonly string[]> => {
  const events: string[] = [];
  for await (const event of readServerSentEvents(inPieces(Buffer.from(text), borders))) events.push(event);
  return events;
};

const line = fc.string({ unit: 'grapheme' }).filter((text) => !/[\r\n]/.test(text));
const lineEnd = fc.constantFrom('\n', '\r\n');

it('reads the same events wherever the pieces of the stream end, in the middle of a character or of a line end', async () => {
  const event = fc.record({
    data: fc.array(line, { minLength: 1, maxLength: 3 }),
    before: fc.constantFrom('', ': keep-alive', 'event: moved', 'id: 7', 'retry: 100'),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(event), lineEnd, fc.array(fc.nat()), async (events, end, borders) => {
      const text = events
        .map(({ data, before }) => [...(before ? [before] : []), ...data.map((of) => `data: ${of}`), '', ''].join(end))
        .join('');
      expect(await eventsIn(text, borders)).toEqual(events.map(({ data }) => data.join('\n')));
    }),
    { numRuns: 300 },
  );
});

it('takes one space off after the colon and no more, and gives nothing of an event that the stream ends in', async () => {
  expect(await eventsIn('data:a\n\ndata:  b\n\n: nothing\n\ndata: c\n')).toEqual(['a', ' b']);
});

it.each([
  ['a line', (length: number) => `data: ${'x'.repeat(length)}`],
  ['an event of many lines', (length: number) => 'data: xxxxxxxx\n'.repeat(length / 8)],
])('refuses %s that does not end, before it fills the memory', async (_, text) => {
  await expect(eventsIn(text(1_100_000), [400_000, 800_000])).rejects.toThrow('Expected an event of at most');
});

it('takes an event that is nearly as long as the longest', async () => {
  const data = 'x'.repeat(900_000);
  expect(await eventsIn(`data: ${data}\n\ndata: ${data}\n\n`)).toEqual([data, data]);
});
