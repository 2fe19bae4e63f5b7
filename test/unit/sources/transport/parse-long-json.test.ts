import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseLongJson } from '#sources/transport/http/parse-long-json.ts';

const outcome = async (read: () => unknown): Promise<unknown> => {
  try {
    return { value: await read() };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return 'refused';
  }
};

const noTurns = () => undefined;
const inPieces = (text: string) => parseLongJson(text, noTurns, { short: 0, piece: 4 });

const pages = fc.oneof(
  fc.jsonValue(),
  fc.array(fc.jsonValue()),
  fc.dictionary(fc.string(), fc.oneof(fc.array(fc.jsonValue()), fc.jsonValue())),
);

describe('a very long JSON text', () => {
  it('reads as JSON.parse reads it', async () => {
    await fc.assert(
      fc.asyncProperty(pages, fc.constantFrom(undefined, 2, '\t\r\n '), async (value, spaces) => {
        const text = JSON.stringify(value, null, spaces);
        expect(await inPieces(text)).toEqual(JSON.parse(text));
      }),
      { numRuns: 1000 },
    );
  });

  it('is refused exactly when JSON.parse refuses it', async () => {
    const damaged = fc
      .tuple(pages, fc.nat(), fc.constantFrom('', ',', '[', ']', '{', '}', '"', '\\', ':', '1'))
      .map(([value, at, put]) => {
        const text = JSON.stringify(value);
        const position = at % (text.length + 1);
        return `${text.slice(0, position)}${put}${text.slice(position + (at % 2))}`;
      });
    await fc.assert(
      fc.asyncProperty(damaged, async (text) => {
        expect(await outcome(() => inPieces(text))).toEqual(await outcome(() => JSON.parse(text)));
      }),
      { numRuns: 3000 },
    );
  });

  it.each([
    ['the same name twice', '{"data":[1,2,3,4,5,6,7],"data":[1]}'],
    ['the same name twice, the longer list last', '{"data":[1],"data":[1,2,3,4,5,6,7]}'],
    ['a name that objects inherit', '{"__proto__":[1,2,3,4,5,6,7]}'],
    ['an item missing in the middle', '[1111,,2222]'],
    ['an item missing at the end', '[1111,2222,]'],
    ['a list of nothing but spaces', '{"data":[      ]}'],
    ['nothing but a comma in a list', '{"data":[      ,      ]}'],
    ['a byte order mark before it', '\uFEFF{"data":[1,2,3,4,5,6,7]}'],
    ['brackets of another kind at the end of a list', '{"data":[1,2,3,4,5,6,7}}'],
    ['a second document after it', '{"data":[1,2,3,4,5,6,7]}{"data":[1,2,3,4,5,6,7]}'],
    ['lists very deep in it', `{"data":[${'['.repeat(500)}${']'.repeat(500)},1]}`],
  ])('is read as JSON.parse reads it with %s', async (_, text) => {
    expect(await outcome(() => inPieces(text))).toEqual(await outcome(() => JSON.parse(text)));
  });

  it('gives others a turn after each piece of it', async () => {
    const rows = Array.from({ length: 2000 }, (_, i) => ({ id: `row ${i}`, tags: ['a', 'b'] }));
    const text = JSON.stringify({ data: rows, meta: { total: 2000 } });
    let turns = 0;
    const turn = () => {
      turns += 1;
      return undefined;
    };
    expect(await parseLongJson(text, turn, { short: 1000, piece: 1000 })).toEqual({
      data: rows,
      meta: { total: 2000 },
    });
    expect(turns).toBeGreaterThan((2 * text.length) / 1100);
  });

  it('is read at once where it is short', async () => {
    let turns = 0;
    const turn = () => {
      turns += 1;
      return undefined;
    };
    expect(await parseLongJson('{"data":[1,2]}', turn)).toEqual({ data: [1, 2] });
    expect(turns).toBe(0);
  });
});
