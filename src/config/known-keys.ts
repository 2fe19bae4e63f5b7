import type { z } from 'zod';

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
export const keysAt = (schema: z.core.$ZodType, path: readonly PropertyKey[]): readonly string[] => {
  const definition = definitionOf(unwrapped(schema));
  const [head, ...rest] = path;
  if (head === undefined) return Object.keys(definition.shape ?? {});
  const next = definition.element ?? definition.valueType ?? definition.shape?.[String(head)];
  return next ? keysAt(next, rest) : [];
};
