import { textRows } from './text-rows.ts';

type Members = Readonly<Record<string, unknown>>;

/** The data of an answer for people: single values a line each, every list a table. */
export const answerText = (data: Members): string =>
  Object.entries(data)
    .flatMap(([name, value]) => partsOf(name, value))
    .join('\n\n');

const partsOf = (name: string, value: unknown): string[] => {
  if (Array.isArray(value)) return [`${name} (${value.length})\n${tableOf(value)}`.trimEnd()];
  if (!isObject(value)) return [`${name}: ${cell(value)}`];
  const members = Object.entries(value);
  const lists = members.filter(([, member]) => Array.isArray(member));
  const singles = [...flat(Object.fromEntries(members.filter(([, member]) => !Array.isArray(member))))];
  const lines = singles.map(([path, text]) => `  ${path}: ${text}`);
  return [
    ...(lines.length > 0 ? [[name, ...lines].join('\n')] : []),
    ...lists.flatMap(([list, rows]) => partsOf(list === 'nodes' || list === 'edges' ? name : `${name}.${list}`, rows)),
  ];
};

const tableOf = (rows: readonly unknown[]): string => {
  const flatRows = rows.map((row) => flat(isObject(row) ? row : { value: row }));
  const columns = [...new Set(flatRows.flatMap((row) => [...row.keys()]))];
  if (columns.length === 0) return '';
  return textRows(
    columns.map((column) => column.toUpperCase()),
    flatRows.map((row) => columns.map((column) => shortened(column, row.get(column) ?? ''))),
  );
};

/** Longest cell; ids are there to be copied, and stay whole. */
const LONGEST_CELL = 60;

const shortened = (column: string, text: string): string =>
  text.length <= LONGEST_CELL || /(^|\.)id$/i.test(column) ? text : `${text.slice(0, LONGEST_CELL - 1)}…`;

/** Members that say how a list is wrapped, not what is in it. */
const WRAPPERS = new Set(['nodes', 'edges', 'node']);

/** Every value within by its path; those of a list below each other's path, joined. */
const flat = (value: Members): ReadonlyMap<string, string> => {
  const found = new Map<string, string[]>();
  const add = (path: readonly string[], member: unknown): void => {
    if (Array.isArray(member)) for (const item of member) add(path, item);
    else if (isObject(member))
      for (const [name, inner] of Object.entries(member)) add(WRAPPERS.has(name) ? path : [...path, name], inner);
    else if (member !== null) {
      const texts = found.get(path.join('.')) ?? [];
      found.set(path.join('.'), [...texts, cell(member)]);
    } else if (!found.has(path.join('.'))) found.set(path.join('.'), []);
  };
  add([], value);
  return new Map([...found].map(([path, texts]) => [path, texts.join(', ')]));
};

const isObject = (value: unknown): value is Members => typeof value === 'object' && value !== null;

const cell = (value: unknown): string => (value === null ? '' : String(value).replaceAll(/\s+/g, ' '));
