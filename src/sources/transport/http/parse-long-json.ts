import { randomUUID } from 'node:crypto';
import { inShortTurns } from '#lib/turns.ts';

/** A text up to this long is read at once, in some five milliseconds. */
const SHORT = 1 << 21;
const PIECE = 1 << 16;

interface Sizes {
  readonly short: number;
  /** Characters that are read before others have a turn. */
  readonly piece: number;
}

/**
 * What `JSON.parse` gives, but so that the process goes on answering while a very long text is read: the items of its longest list, as
 * pages of rows are, are read some at a time. It takes about twice as long in all.
 * @throws SyntaxError as `JSON.parse`
 */
export const parseLongJson = async (
  text: string,
  turn: () => Promise<void> | undefined = inShortTurns(),
  sizes: Sizes = { short: SHORT, piece: PIECE },
): Promise<unknown> => {
  if (text.length <= sizes.short) return JSON.parse(text);
  const list = await longestList(text, turn, sizes.piece);
  if (!list || list.end - list.start < sizes.piece) return JSON.parse(text);
  const items: unknown[] = [];
  let from = list.start;
  for (const to of [...list.cuts, list.end]) {
    const read = JSON.parse(`[${text.slice(from, to)}]`) as unknown[];
    if (read.length === 0 && list.cuts.length > 0)
      throw new SyntaxError('Expected an item before each comma of a list, got none.');
    for (const item of read) items.push(item);
    from = to + 1;
    const pause = turn();
    if (pause) await pause;
  }
  // The rest of the text, with a mark where the items belong.
  const mark = randomUUID();
  const rest = JSON.parse(`${text.slice(0, list.start)}${JSON.stringify(mark)}${text.slice(list.end)}`) as unknown;
  if (!isObject(rest)) return items;
  const name = Object.keys(rest).find((key) => isMarked(rest[key], mark));
  // A name that is there twice counts the second time only.
  return name === undefined ? rest : { ...rest, [name]: items };
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isMarked = (value: unknown, mark: string): boolean =>
  Array.isArray(value) && value.length === 1 && value[0] === mark;

interface LongList {
  /** After its bracket. */
  readonly start: number;
  /** At its closing bracket. */
  end: number;
  /** Commas between items, about a piece apart. */
  readonly cuts: number[];
}

const [QUOTE, BACKSLASH, COMMA, OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [...'"\\,[]{}'].map((one) =>
  one.charCodeAt(0),
);

/** The longest list that is the text itself or a value of the object that it is; null when brackets do not match. */
const longestList = async (
  text: string,
  turn: () => Promise<void> | undefined,
  piece: number,
): Promise<LongList | null> => {
  let longest: LongList | null = null;
  let list: LongList | null = null;
  let depth = 0;
  let lastCut = 0;
  let nextTurn = piece;
  // Only objects may be around it.
  const outermost = text.trimStart().startsWith('[') ? 1 : 2;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      at = endOfString(text, at);
      if (at === -1) return null;
    } else if (code === OPEN_LIST || code === OPEN_OBJECT) {
      depth += 1;
      if (depth === outermost && code === OPEN_LIST) {
        list = { start: at + 1, end: at + 1, cuts: [] };
        lastCut = at;
      }
    } else if (code === COMMA) {
      if (list && depth === outermost && at - lastCut >= piece) {
        list.cuts.push(at);
        lastCut = at;
      }
    } else if (code === CLOSE_LIST || code === CLOSE_OBJECT) {
      if (list && depth === outermost) {
        list.end = at;
        if (!longest || list.end - list.start > longest.end - longest.start) longest = list;
        list = null;
      }
      depth -= 1;
    }
    if (at >= nextTurn) {
      nextTurn = at + piece;
      const pause = turn();
      if (pause) await pause;
    }
  }
  return depth === 0 ? longest : null;
};

/** @returns the position of its closing quote; -1 when it has none. */
const endOfString = (text: string, start: number): number => {
  for (let end = text.indexOf('"', start + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let backslashes = 0;
    while (text.charCodeAt(end - 1 - backslashes) === BACKSLASH) backslashes += 1;
    if (backslashes % 2 === 0) return end;
  }
  return -1;
};
