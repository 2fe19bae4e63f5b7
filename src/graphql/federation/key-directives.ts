import type { ConstDirectiveNode } from 'graphql';
import type { Entity } from '../entity.ts';
import { directive } from './directive.ts';

/** Names of the fields that each identify a record: its global id, and keys that other subgraphs hold. */
export const keysOf = (entity: Entity): readonly string[] => ['id', ...Object.keys(entity.naturalKeys)];

export const keyDirectives = (entity: Entity | undefined): ConstDirectiveNode[] =>
  entity ? keysOf(entity).map((fields) => directive('key', { fields })) : [];
