import { InputError } from '#lib/gateway-error.ts';
import type { RecordRef } from '#lib/record-ref.ts';
import { decodeGlobalId } from '#lib/record-ref.ts';
import type { RequestContext } from '#loading/context.ts';
import type { Entities } from '../entity.ts';
import { loadNode } from '../relay/node.ts';
import { keysOf } from './key-directives.ts';
import type { TypeNames } from './type-names.ts';

/**
 * The record a representation stands for; null when it is unknown or not visible. The global id goes first: it is exact, and
 * costs least.
 * @throws InputError when the representation cannot be understood, or its natural key names several records.
 */
export const resolveReference = async (
  context: RequestContext,
  entities: Entities,
  names: TypeNames,
  representation: unknown,
): Promise<RecordRef | null> => {
  const { __typename, ...fields } = asObject(representation);
  const type = typeof __typename === 'string' ? names.ownName(__typename) : '';
  if (type && typeof fields.id === 'string') return loadNode(context, entities, decodeGlobalId(fields.id, type));
  const entity = entities.get(type);
  for (const [field, load] of Object.entries(entity?.naturalKeys ?? {})) {
    const value = fields[field];
    if (typeof value === 'string') return load(context, value);
  }
  const keys = (entity ? keysOf(entity) : ['id']).map((key) => `"${key}"`).join(' or ');
  throw new InputError(`Expected a representation of an entity with ${keys} as text, got ${shown(representation)}.`);
};

const asObject = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? { ...value } : {};

const shown = (value: unknown): string => JSON.stringify(value)?.slice(0, 80) ?? 'nothing';
