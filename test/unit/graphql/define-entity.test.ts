import { describe, expect, it } from 'vitest';
import { Asset } from '#entities/dependency/ref.ts';
import { Host } from '#entities/host/ref.ts';
import { builder } from '#graphql/builder.ts';
import { defineEntity } from '#graphql/define-entity.ts';
import { entitiesOf } from '#graphql/entity.ts';
import type { RecordRef } from '#lib/record-ref.ts';
import { schema } from '#schema.ts';

interface PrinterModel extends RecordRef<'Printer'> {
  readonly name: string;
}

const Printer = builder.objectRef<PrinterModel>('Printer');
const price = () => ({ side: 'NETWORK' as const, requests: 0 });
const load = async () => null;
const common = { description: 'One.', side: 'NETWORK' as const, naturalKeys: {}, fields: () => ({}) };
const printer = { ...common, node: { load, price } };
const edges = async () => [];
const asset = {
  title: ({ id }: RecordRef) => id,
  dependencies: edges,
  dependents: edges,
  prices: { dependencies: price, dependents: price, otherEnd: price },
};

describe('defineEntity', () => {
  it('takes a type of records whole, and makes it no part of the graph by itself', () => {
    expect(defineEntity(Printer, printer).entity).toMatchObject({ type: 'Printer', asset: null });
    expect(schema.getType('Printer')).toBeUndefined();
  });

  it('does not compile when something that every type must declare is left out', () => {
    const { side: _, ...withoutSide } = printer;
    const { naturalKeys: __, ...withoutNaturalKeys } = printer;
    const refused = [
      // @ts-expect-error how `node(id:)` fetches one
      () => defineEntity(Printer, common),
      // @ts-expect-error what that costs
      () => defineEntity(Printer, { ...common, node: { load } }),
      // @ts-expect-error a loader of records of another type
      () => defineEntity(Printer, { ...common, node: { load: async () => ({ type: 'Host' }), price } }),
      // @ts-expect-error its side of the graph
      () => defineEntity(Printer, withoutSide),
      // @ts-expect-error its keys besides the id
      () => defineEntity(Printer, withoutNaturalKeys),
      // @ts-expect-error what only assets declare
      () => defineEntity(Printer, { ...printer, asset, interfaces: [Asset] }),
      // @ts-expect-error what an asset must declare: title, edges and their prices
      () => defineEntity(Host, printer),
      // @ts-expect-error the interface of assets
      () => defineEntity(Host, { ...printer, asset }),
    ];
    expect(defineEntity(Host, { ...printer, asset, interfaces: [Asset] }).entity?.asset).toMatchObject({ load });
    expect(refused).toHaveLength(8);
  });

  it('lists exactly the types that implement Node', () => {
    const node = schema.getType('Node');
    if (!node || !('resolveType' in node)) throw new Error('Expected the interface Node.');
    const implementing = schema.getPossibleTypes(node).map(({ name }) => name);
    expect([...entitiesOf(schema).keys()].sort()).toEqual(implementing.toSorted());
  });
});
