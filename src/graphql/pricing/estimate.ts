import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  GraphQLIncludeDirective,
  type GraphQLNamedType,
  type GraphQLSchema,
  GraphQLSkipDirective,
  getArgumentValues,
  getDirectiveValues,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { perSide } from '#lib/source-side.ts';
import { entitiesOf } from '../entity.ts';
import { namesBelow, selectedNames } from '../selected-fields.ts';
import type { Price, PriceInput, RequestCost } from './price.ts';
import { type PricedField, pricedField } from './priced-field.ts';
import { requestCostsOf } from './prices.ts';
import { type Estimate, Tally } from './tally.ts';

/** What is known beforehand of the sources. */
export type Known = Pick<
  PriceInput,
  | 'sources'
  | 'paging'
  | 'sizes'
  | 'fromIndex'
  | 'holds'
  | 'lookup'
  | 'filtersSeverities'
  | 'indexed'
  | 'counted'
  | 'statistics'
>;

export interface EstimateInput {
  readonly schema: GraphQLSchema;
  readonly operation: OperationDefinitionNode;
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly known: Known;
}

/**
 * The worst case of an operation in upstream requests, from the prices that fields declare. Pure: reads nothing. Selections on
 * several possible types of one field are added up, so the true cost is never above the estimate for the sizes given.
 */
export const estimate = (input: EstimateInput): Estimate => {
  const tally = new Tally();
  const root = input.schema.getRootType(input.operation.operation);
  if (root) visit(input, tally, root, input.operation.selectionSet, 1, '', new Set());
  return tally.result();
};

const visit = (
  input: EstimateInput,
  tally: Tally,
  type: GraphQLNamedType,
  selections: SelectionSetNode,
  parents: number,
  path: string,
  /** Fragments spread here already: once more changes nothing. */
  spread: Set<string>,
): void => {
  for (const selection of selections.selections) {
    if (!isIncluded(selection, input.variables)) continue;
    if (selection.kind === 'Field') {
      visitField(input, tally, type, selection, parents, path);
      continue;
    }
    if (selection.kind === 'FragmentSpread' && !isNew(spread, selection.name.value)) continue;
    const fragment = selection.kind === 'FragmentSpread' ? input.fragments[selection.name.value] : selection;
    if (!fragment) continue;
    const condition = fragment.typeCondition?.name.value;
    visit(
      input,
      tally,
      (condition && input.schema.getType(condition)) || type,
      fragment.selectionSet,
      parents,
      path,
      spread,
    );
  }
};

const isNew = (names: Set<string>, name: string): boolean => !names.has(name) && names.add(name).has(name);

const visitField = (
  input: EstimateInput,
  tally: Tally,
  type: GraphQLNamedType,
  node: FieldNode,
  parents: number,
  above: string,
): void => {
  const field = pricedField(input.schema, type, node);
  if (!field) return;
  const path = above ? `${above}.${node.name.value}` : node.name.value;
  if (!tally.looksAtAnother(path)) return;
  const prices = pricesOf(input, field, node, parents);
  for (const requestCost of dearestRequestCosts(prices))
    if (input.known.sources[requestCost.side] > 0)
      tally.add(requestCost.side, path, requestCost.requests, requestCost.shared);
  const { below, unsized } = field;
  if (!node.selectionSet || !below) return;
  const items = Math.max(...prices.map((price) => price.items ?? 1), prices.length > 0 ? 1 : unsized);
  visit(inputBelow(input, field), tally, below, node.selectionSet, parents * items, path, new Set());
};

/** Below a field with a context of its own, no source is asked. */
const inputBelow = (input: EstimateInput, { definition }: PricedField): EstimateInput =>
  definition.extensions.contextBelow ? { ...input, known: { ...input.known, sources: perSide(() => 0) } } : input;

const pricesOf = (
  input: EstimateInput,
  { definition, prices }: PricedField,
  node: FieldNode,
  parents: number,
): readonly Price[] => {
  // Most fields are leaves that cost nothing: of these, nothing more has to be known.
  if (prices.length === 0) return [];
  const { schema, variables } = input;
  const args = argumentsOf(definition, node, variables);
  const selections = selectionsOf(input, node);
  const entities = entitiesOf(schema);
  return prices.map(({ price, type }) => price({ ...input.known, ...selections, parents, args, entities, type }));
};

/** A field of an interface costs at each kind of source what the dearest of its implementations costs there. */
const dearestRequestCosts = (prices: readonly Price[]): RequestCost[] => {
  const [only, ...others] = prices.map(requestCostsOf);
  if (others.length === 0) return only ?? [];
  const dearest = new Map<string, RequestCost>();
  for (const requestCost of prices.flatMap(requestCostsOf)) {
    const key = `${requestCost.side} ${requestCost.shared ?? ''}`;
    if (requestCost.requests > (dearest.get(key)?.requests ?? 0)) dearest.set(key, requestCost);
  }
  return [...dearest.values()];
};

const selectionsOf = (
  { schema, fragments }: EstimateInput,
  node: FieldNode,
): Pick<PriceInput, 'selects' | 'selectsBelow'> => {
  const below = { schema, fragments, fieldNodes: [node] };
  return { selects: selectedNames(below), selectsBelow: (field, type) => namesBelow(below, field, type) };
};

/** Values of arguments; a malformed one is left to validation and execution to report. */
const argumentsOf = (
  field: GraphQLField<unknown, unknown>,
  node: FieldNode,
  variables: Readonly<Record<string, unknown>>,
): Record<string, unknown> => {
  try {
    return getArgumentValues(field, node, variables);
  } catch {
    return {};
  }
};

const isIncluded = (
  node: Parameters<typeof getDirectiveValues>[1],
  variables: Readonly<Record<string, unknown>>,
): boolean =>
  !node.directives?.length ||
  (getDirectiveValues(GraphQLSkipDirective, node, variables)?.if !== true &&
    getDirectiveValues(GraphQLIncludeDirective, node, variables)?.if !== false);
