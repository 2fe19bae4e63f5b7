import {
  getNamedType,
  getNullableType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { expect, it } from 'vitest';
import { schema } from '#schema.ts';

/** Nullable fields that return records and never need an upstream request, and why. */
const FREE: Readonly<Record<string, string>> = {
  'Asset.history': 'from the history',
  'Certificate.servedBy': 'from the index',
  'Change.asset': 'from the index',
  'Change.finding': 'from the index',
  'Change.neededBy': 'from the index',
  'DependencyEdge.target': 'in the edge',
  'Discovery.session': 'in the record',
  'GraphVertex.asset': 'from the index',
  'GraphVertex.target': 'from the index',
  'Host.history': 'from the history',
  'Host.resources': 'from the index',
  'Host.virtualization': 'in the record',
  'NetworkInterface.address': 'in the host',
  'InventoryAsOf.correlationReport': 'from the history',
  'InventoryAsOf.correlations': 'from the history',
  'InventoryAsOf.unmatched': 'from the history',
  'Query.asOf': 'from the history',
  'Query.diff': 'from the history',
  'Query.readings': 'from the history',
  'VertexDifference.target': 'in the answer',
  'Query.correlations': 'from the index',
  'Query.changes': 'from the index',
  'Query.correlationReport': 'from the index',
  'Query.unmatched': 'from the index',
  'Resource.history': 'from the history',
  'Resource.hosts': 'from the index',
  'Service.history': 'from the history',
  'Service.virtualization': 'in the record',
};

const fields = Object.values(schema.getTypeMap())
  .filter((type) => isObjectType(type) || isInterfaceType(type))
  .filter((type) => !type.name.startsWith('__') && type !== schema.getSubscriptionType())
  .flatMap((type) => Object.values(type.getFields()).map((field) => ({ name: `${type.name}.${field.name}`, field })));

/** Whoever may fail alone may have asked an upstream; so may whoever gives a list of records that may each be missing. */
const mayAsk = ({ field }: (typeof fields)[number]): boolean => {
  if (!isCompositeType(getNamedType(field.type))) return false;
  const inner = getNullableType(field.type);
  return !isNonNullType(field.type) || (isListType(inner) && !isNonNullType(inner.ofType));
};

it('every field that may need upstream requests has a price, or is listed as free', () => {
  const unpriced = fields.filter((of) => mayAsk(of) && !of.field.extensions.price).map(({ name }) => name);
  expect(unpriced.filter((name) => !FREE[name]).sort()).toEqual([]);
  expect(fields.filter((of) => of.field.extensions.price).length).toBeGreaterThan(60);
});

it('no field listed as free is priced, and none is listed that is gone', () => {
  const priced = new Set(fields.filter(({ field }) => field.extensions.price).map(({ name }) => name));
  expect(Object.keys(FREE).filter((name) => priced.has(name))).toEqual([]);
  const known = new Set(fields.map(({ name }) => name));
  expect(Object.keys(FREE).filter((name) => !known.has(name))).toEqual([]);
});

it('root fields of plain values that read upstreams are priced, too', () => {
  const { resourceRegions, resourceServices } = schema.getQueryType()?.getFields() ?? {};
  expect([resourceRegions?.extensions.price, resourceServices?.extensions.price]).not.toContain(undefined);
});
