import { isObjectType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { createSubgraph, type SubgraphOptions } from '#graphql/federation/subgraph.ts';
import { schema } from '#schema.ts';
import { sourceKinds } from '#sources/kinds.ts';
import { pagingOf } from '#sources/paging.ts';
import { COMPOSERS, contractWithout } from '../../../support/federation/compose.ts';
import { BILLING_SDL, CATALOGUE_SDL, RELAY_SDL } from '../../../support/federation/neighbours.ts';

const inventory = (options: Partial<SubgraphOptions> = {}) => ({
  name: 'inventory',
  sdl: createSubgraph(schema, { nodeFields: true, typePrefix: '', paging: pagingOf(sourceKinds), ...options }).sdl,
});
const billing = { name: 'billing', sdl: BILLING_SDL };
const catalogue = { name: 'catalogue', sdl: CATALOGUE_SDL };
const relay = { name: 'relay', sdl: RELAY_SDL };

describe.each(COMPOSERS)('%s', (_, compose) => {
  it('composes the subgraph alone, with every query field and without federation machinery', () => {
    const { errors, api } = compose([inventory()]);
    expect(errors).toEqual([]);
    const fields = Object.keys(api?.getQueryType()?.getFields() ?? {});
    expect(fields.toSorted()).toEqual(Object.keys(schema.getQueryType()?.getFields() ?? {}).toSorted());
  });

  it('composes it with a subgraph that refers to resources by ARN and to accounts by number', () => {
    const { errors, api } = compose([inventory(), billing]);
    expect(errors).toEqual([]);
    const resource = api?.getType('Resource');
    if (!isObjectType(resource)) throw new Error('expected a type Resource');
    expect(Object.keys(resource.getFields())).toEqual(expect.arrayContaining(['monthToDate', 'findings', 'hosts']));
  });

  it('refuses a subgraph with its own idea of Service and Network, and takes it once our types have a prefix', () => {
    expect(compose([inventory(), catalogue]).errors).not.toEqual([]);
    const { errors, api } = compose([inventory({ typePrefix: 'Inventory' }), catalogue]);
    expect(errors).toEqual([]);
    expect(api?.getType('InventoryNetwork')).toBeDefined();
    expect(String(api?.getType('Network')?.astNode?.kind)).toBe('EnumTypeDefinition');
  });

  it('refuses a second subgraph with `node`, and takes it once ours leaves it out', () => {
    expect(compose([inventory(), relay]).errors).not.toEqual([]);
    const { errors, api } = compose([inventory({ nodeFields: false }), relay]);
    expect(errors).toEqual([]);
    expect(Object.keys(api?.getQueryType()?.getFields() ?? {})).toContain('node');
  });
});

describe('contracts', () => {
  it.each([
    ['network', ['Host', 'Service', 'Network', 'Correlation'], ['Resource', 'Finding', 'CloudAccount']],
    ['cloud', ['Resource', 'Finding', 'CloudAccount', 'Correlation'], ['Host', 'Service', 'Network']],
  ])('without what is tagged "%s", the other half of the graph stands by itself', (tag, gone, left) => {
    const { errors, api } = contractWithout(tag, [inventory()]);
    expect(errors).toEqual([]);
    for (const type of gone) expect(api?.getType(type), type).toBeUndefined();
    for (const type of left) expect(api?.getType(type), type).toBeDefined();
  });
});
