import type { z } from 'zod';
import { closest } from '#lib/text.ts';
import type { ConfigProblem } from './config-error.ts';

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/** `sources[1].url` */
export const pathText = (path: Path): string =>
  path.reduce<string>(
    (text, part) => (typeof part === 'number' ? `${text}[${part}]` : text ? `${text}.${String(part)}` : String(part)),
    '',
  ) || 'the file';

/** What was expected, what came. One problem for each unknown key. */
export const describeIssue = (issue: Issue, schema: z.core.$ZodType): ConfigProblem[] => {
  const path = pathText(issue.path);
  if (issue.code === 'unrecognized_keys') {
    const known = keysAt(schema, issue.path);
    return issue.keys.map((key) => unknownKey(pathText([...issue.path, key]), key, known));
  }
  if (issue.code === 'custom' || issue.message.startsWith('expected ')) {
    return [
      { path, message: issue.code === 'invalid_format' ? `${issue.message}, got ${shown(issue)}` : issue.message },
    ];
  }
  return [{ path, message: `expected ${expected(issue)}, got ${shown(issue)}` }];
};

const unknownKey = (path: string, key: string, known: readonly string[]): ConfigProblem => {
  const meant = closest(key, known);
  return {
    path,
    message: meant ? `unknown key; did you mean "${meant}"?` : `unknown key; known here: ${known.join(', ')}`,
  };
};

const expected = (issue: Issue): string => {
  switch (issue.code) {
    case 'invalid_type':
      return issue.expected === 'int' ? 'a whole number' : `a ${issue.expected}`;
    case 'invalid_value':
      return `one of ${issue.values.map((value) => JSON.stringify(value)).join(', ')}`;
    case 'too_small':
      return issue.origin === 'string'
        ? 'a text that is not empty'
        : `${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum}`;
    case 'too_big':
      return `at most ${issue.maximum}`;
    case 'invalid_format':
      return issue.format === 'url' ? 'an http:// or https:// URL' : `a text of format ${issue.format}`;
    default:
      return issue.message;
  }
};

const SENSITIVE = /key|secret|token|password|sha256/i;

/** What came; never the text of a secret. */
const shown = (issue: Issue): string => {
  const input = issue.input;
  if (input === undefined || input === null) return 'nothing';
  if (input instanceof Date || typeof input === 'object') return Array.isArray(input) ? 'a list' : 'an object';
  if (issue.path.some((part) => SENSITIVE.test(String(part)))) return `a ${typeof input} [redacted]`;
  return JSON.stringify(input);
};

interface Definition {
  readonly innerType?: z.core.$ZodType;
  readonly in?: z.core.$ZodType;
  readonly element?: z.core.$ZodType;
  readonly valueType?: z.core.$ZodType;
  readonly shape?: Readonly<Record<string, z.core.$ZodType>>;
}

const definitionOf = (schema: z.core.$ZodType): Definition => schema._zod.def as Definition;

/** Without defaults, optionality and transformations. */
const unwrapped = (schema: z.core.$ZodType): z.core.$ZodType => {
  const inner = definitionOf(schema).innerType ?? definitionOf(schema).in;
  return inner ? unwrapped(inner) : schema;
};

/** The keys the object at `path` may have. */
const keysAt = (schema: z.core.$ZodType, path: readonly PropertyKey[]): readonly string[] => {
  const definition = definitionOf(unwrapped(schema));
  const [head, ...rest] = path;
  if (head === undefined) return Object.keys(definition.shape ?? {});
  const next = definition.element ?? definition.valueType ?? definition.shape?.[String(head)];
  return next ? keysAt(next, rest) : [];
};
