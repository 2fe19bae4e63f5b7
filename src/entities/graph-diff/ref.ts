import { builder } from '#graphql/builder.ts';
import type { InventoryAsOfModel } from '#graphql/inventory-as-of.ts';
import type { ArrowDifferenceModel, DIFFERENCES, DifferencesModel, VertexDifferenceModel } from './model.ts';

export interface GraphDiffModel extends DifferencesModel {
  readonly before: InventoryAsOfModel;
  readonly after: InventoryAsOfModel;
}

export const GraphDiff = builder.objectRef<GraphDiffModel>('GraphDiff');
export const VertexDifference = builder.objectRef<VertexDifferenceModel>('VertexDifference');
export const ArrowDifference = builder.objectRef<ArrowDifferenceModel>('ArrowDifference');

export const Difference = builder.enumType('Difference', {
  description: 'How something differs between two moments.',
  values: {
    ADDED: { description: 'It was not there before.' },
    REMOVED: { description: 'It is not there any more.' },
    CHANGED: { description: 'It is there at both moments, and not the same.' },
    UNKNOWN: { description: 'It is there at one of the moments; at the other, not all of its source was read.' },
  } satisfies Record<(typeof DIFFERENCES)[number], { description: string }>,
});
