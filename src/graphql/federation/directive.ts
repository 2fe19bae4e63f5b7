import { type ConstDirectiveNode, type ConstValueNode, Kind } from 'graphql';

type Value = string | number | boolean | readonly Value[];

/** A directive as it is written on a definition. */
export const directive = (name: string, args: Readonly<Record<string, Value>> = {}): ConstDirectiveNode => ({
  kind: Kind.DIRECTIVE,
  name: { kind: Kind.NAME, value: name },
  arguments: Object.entries(args).map(([key, value]) => ({
    kind: Kind.ARGUMENT,
    name: { kind: Kind.NAME, value: key },
    value: valueNode(value),
  })),
});

const valueNode = (value: Value): ConstValueNode => {
  if (typeof value === 'string') return { kind: Kind.STRING, value };
  if (typeof value === 'boolean') return { kind: Kind.BOOLEAN, value };
  if (typeof value === 'number') return { kind: Kind.INT, value: String(value) };
  return { kind: Kind.LIST, values: value.map(valueNode) };
};
