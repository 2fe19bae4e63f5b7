import { type DirectiveNode, isInterfaceType, Kind, type ObjectTypeDefinitionNode, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { createSubgraph } from '#graphql/federation/subgraph.ts';
import { schema } from '#schema.ts';
import { sourceKinds } from '#sources/kinds.ts';
import { pagingOf } from '#sources/paging.ts';

const document = parse(createSubgraph(schema, { nodeFields: true, typePrefix: '', paging: pagingOf(sourceKinds) }).sdl);
const types = document.definitions.filter(
  (definition): definition is ObjectTypeDefinitionNode => definition.kind === Kind.OBJECT_TYPE_DEFINITION,
);
const node = schema.getType('Node');
if (!isInterfaceType(node)) throw new Error('expected an interface Node');
const entities = schema.getPossibleTypes(node).map(({ name }) => name);

const named = (directives: readonly DirectiveNode[] | undefined, name: string): Record<string, unknown>[] =>
  (directives ?? [])
    .filter((directive) => directive.name.value === name)
    .map(({ arguments: args = [] }) =>
      Object.fromEntries(
        args.map(({ name: { value: key }, value }) => [
          key,
          value.kind === Kind.LIST
            ? value.values.map((item) => ('value' in item ? item.value : null))
            : 'value' in value
              ? value.value
              : null,
        ]),
      ),
    );
const directivesOf = (type: string, name: string) =>
  named(types.find((of) => of.name.value === type)?.directives, name);

describe('the printed subgraph', () => {
  it.each(entities)('makes %s an entity by its id, and says which half of the graph it belongs to', (type) => {
    expect(directivesOf(type, 'key')).toContainEqual({ fields: 'id' });
    expect(directivesOf(type, 'tag').length).toBeGreaterThan(0);
  });

  it('has the natural keys that other subgraphs hold, and no more', () => {
    const natural = entities.flatMap((type) =>
      directivesOf(type, 'key')
        .filter(({ fields }) => fields !== 'id')
        .map(({ fields }) => `${type}.${fields}`),
    );
    expect(natural.toSorted()).toEqual(['CloudAccount.awsAccountNumber', 'Host.hostname', 'Resource.resourceId']);
  });

  it('shares value types, and nothing that has an identity', () => {
    expect(directivesOf('PageInfo', 'shareable')).toHaveLength(1);
    expect(directivesOf('Count', 'shareable')).toHaveLength(1);
    for (const type of [...entities, 'Query', 'Subscription'])
      expect(directivesOf(type, 'shareable'), type).toEqual([]);
  });

  it('sizes every list that is cut, without a default on a slicing argument', () => {
    const cut = types.flatMap(({ fields = [] }) =>
      fields.filter(({ arguments: args = [] }) => args.some(({ name }) => name.value === 'first')),
    );
    expect(cut.length).toBeGreaterThan(20);
    for (const { name, directives, arguments: args = [] } of cut) {
      const [size] = named(directives, 'listSize');
      const slicing = args.map((arg) => arg.name.value).filter((arg) => arg === 'first' || arg === 'last');
      expect(size, name.value).toMatchObject({ assumedSize: '50', slicingArguments: slicing });
      expect(size?.sizedFields, name.value).toContain(slicing.length === 2 ? 'nodes' : 'groups');
      for (const arg of args) if (['first', 'last'].includes(arg.name.value)) expect(arg.defaultValue).toBeUndefined();
    }
  });

  it('prices what needs an upstream, and nothing else', () => {
    const priced = types.flatMap((type) =>
      (type.fields ?? [])
        .filter(({ directives }) => named(directives, 'cost').length > 0)
        .map((field) => `${type.name.value}.${field.name.value}`),
    );
    expect(priced).toEqual(expect.arrayContaining(['Query.resources', 'Query.hosts', 'Resource.dependencies']));
    for (const free of ['Query.sources', 'Resource.name', 'Host.addresses', 'PageInfo.hasNextPage']) {
      expect(priced).not.toContain(free);
    }
  });
});
