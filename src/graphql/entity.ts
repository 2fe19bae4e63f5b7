import type { GraphQLSchema } from 'graphql';
import type { AssetEdge, AssetRecord } from '#entities/dependency/model.ts';
import type { RecordRef, RowRef } from '#lib/record-ref.ts';
import type { RequestContext } from '#loading/context.ts';
import type { AssetPrices, PriceOf } from './pricing/price.ts';

/** How one record is fetched, and what that costs at worst. */
export interface NodeOptions<M extends RecordRef> {
  /** @returns null when the record is unknown or not visible to the viewer. */
  readonly load: (context: RequestContext, ref: RowRef) => Promise<M | null>;
  readonly price: PriceOf;
}

/** @throws InputError when the value names several records: no guess is made. @returns null when it names none. */
export type ByNaturalKey<M extends RecordRef> = (context: RequestContext, value: string) => Promise<M | null>;

/** What an asset type knows of itself. Edges are as the upstream reports them, in a stable order. */
export interface AssetOptions<M extends AssetRecord> {
  /** A title for people; never blank. */
  title(asset: M): string;
  dependencies(asset: M, context: RequestContext): Promise<readonly AssetEdge[]>;
  dependents(asset: M, context: RequestContext): Promise<readonly AssetEdge[]>;
  readonly prices: AssetPrices;
}

/** An asset type, as the gateway finds it by name. */
export type AssetEntity = AssetOptions<AssetRecord> & Pick<NodeOptions<AssetRecord>, 'load'>;

/** A type of records, as the gateway finds it by name. */
export interface Entity {
  readonly type: string;
  readonly node: NodeOptions<RecordRef>;
  readonly naturalKeys: Readonly<Record<string, ByNaturalKey<RecordRef>>>;
  readonly asset: AssetEntity | null;
}

export type Entities = ReadonlyMap<string, Entity>;

const NONE: Entities = new Map();

/** The entities of a graph by the names that models and global ids carry, whatever prefix a supergraph gives their types. */
export const entitiesOf = (schema: GraphQLSchema): Entities => (schema.extensions.entities as Entities) ?? NONE;
