import type { z } from 'zod';

interface Definition {
  readonly type: string;
  readonly innerType?: z.core.$ZodType;
  readonly in?: z.core.$ZodType;
  readonly element?: z.core.$ZodType;
  readonly valueType?: z.core.$ZodType;
  readonly shape?: Readonly<Record<string, z.core.$ZodType>>;
}

/** Every setting a file can hold: `server.port`, `sources[].url`, `auth.tenants.<name>.sources`. */
export const settingPaths = (schema: z.core.$ZodType, path = ''): string[] => {
  const { innerType, in: input, shape, element, valueType } = schema._zod.def as Definition;
  const inside = innerType ?? input;
  if (inside) return settingPaths(inside, path);
  if (shape) return Object.entries(shape).flatMap(([key, of]) => settingPaths(of, path ? `${path}.${key}` : key));
  if (valueType) return settingPaths(valueType, `${path}.<name>`);
  const items = element ? settingPaths(element, `${path}[]`) : [];
  return items.some((item) => item !== `${path}[]`) ? items : [path];
};
