import type { ArgumentSchema } from '#questions/argument-schema.ts';
import { UsageError } from './connection.ts';

/** `name=value` pairs as the variables of an operation. A variable that is a list may be given several times. */
export const variablesFrom = (
  pairs: readonly string[],
  { properties = {}, required = [] }: ArgumentSchema,
): Record<string, unknown> => {
  const given = new Map<string, string[]>();
  for (const pair of pairs) {
    const at = pair.indexOf('=');
    const name = pair.slice(0, at);
    if (at < 1 || !Object.hasOwn(properties, name))
      throw new UsageError(`Expected --var ${usageOf(properties)}, got ${JSON.stringify(pair)}.`);
    given.set(name, [...(given.get(name) ?? []), pair.slice(at + 1)]);
  }
  const missing = required.filter((name) => !given.has(name));
  if (missing.length > 0)
    throw new UsageError(
      `Expected ${missing.map((name) => `--var ${name}=…`).join(' ')}, got nothing.\n${missing.map((name) => `  ${name}: ${properties[name]?.description ?? ''}`).join('\n')}`,
    );
  return Object.fromEntries([...given].map(([name, texts]) => [name, parsed(name, texts, properties[name] ?? {})]));
};

const usageOf = (properties: Readonly<Record<string, ArgumentSchema>>): string =>
  Object.keys(properties)
    .map((name) => `${name}=…`)
    .join(' or ') || 'nothing: there are no variables';

const parsed = (name: string, texts: readonly string[], schema: ArgumentSchema): unknown => {
  const [text = ''] = texts;
  if (schema.type === 'array' && !(texts.length === 1 && text.startsWith('[')))
    return texts.map((item) => single(name, item, schema.items ?? {}));
  if (texts.length > 1) throw new UsageError(`Expected --var ${name}=… once, got it ${texts.length} times.`);
  return single(name, text, schema);
};

const single = (name: string, text: string, { type }: ArgumentSchema): unknown => {
  if (type === 'string') return text;
  try {
    return JSON.parse(text);
  } catch {
    if (type === undefined) return text;
    throw new UsageError(`Expected --var ${name}=… to be of type ${type}, got ${JSON.stringify(text)}.`);
  }
};
