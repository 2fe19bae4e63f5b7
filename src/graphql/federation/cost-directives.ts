import {
  type ConstDirectiveNode,
  type GraphQLField,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { perSide } from '#lib/source-side.ts';
import { entitiesOf } from '../entity.ts';
import { DEFAULT_PAGE, PAGE_LISTS } from '../page-sizes.ts';
import type { PriceInput, PriceOf } from '../pricing/price.ts';
import { directive } from './directives.ts';

/** One upstream request weighs as much as ten objects of an answer. */
const WEIGHT_OF_REQUEST = 10;
/** Parents over which a price is spread: loaders batch, so a hundred parents seldom cost a hundred requests. */
const PARENTS = 100;
const ASSUMED_LIST = 10;
/** More than a reference knows. */
const ANYTHING: ReadonlySet<string> = new Set(['*']);
const NOT_INDEXED = { resources: false, findings: false, edges: false };
const NOT_COUNTED = { resources: false, findings: false, hosts: false, services: false };
const SOURCES = perSide(() => 1);
/** Lengths that people meet where the default would mislead. */
const ASSUMED_ROOT_LIST = 50;

/** What a router with demand control needs to price a field: the length of its list and its weight. */
export const costDirectives = (
  schema: GraphQLSchema,
  paging: PriceInput['paging'],
  typeName: string,
  name: string,
): ConstDirectiveNode[] => {
  const type = schema.getType(typeName);
  const field = isObjectType(type) ? type.getFields()[name] : undefined;
  if (!field) return [];
  const isPast = type?.extensions?.isPast === true;
  const isRoot = isPast || type === schema.getQueryType();
  // What was so then is asked of no source.
  return [...listSize(field, isRoot), ...(isPast ? [] : weight(schema, paging, field, typeName, isRoot))];
};

const listSize = (field: GraphQLField<unknown, unknown>, isRoot: boolean): ConstDirectiveNode[] => {
  const result = getNamedType(field.type);
  const slicing = field.args.filter(({ name }) => name === 'first' || name === 'last').map(({ name }) => name);
  if (isObjectType(result) && slicing.length > 0) {
    const sizedFields = Object.values(result.getFields()).flatMap((of) =>
      isListOf(of.type) && PAGE_LISTS.has(of.name) ? [of.name] : [],
    );
    return [
      directive('listSize', {
        assumedSize: DEFAULT_PAGE,
        slicingArguments: slicing,
        sizedFields,
        requireOneSlicingArgument: false,
      }),
    ];
  }
  // The lists of a connection are sized by the field that gives the connection.
  if (!isListOf(field.type) || PAGE_LISTS.has(field.name)) return [];
  return [directive('listSize', { assumedSize: isRoot ? ASSUMED_ROOT_LIST : ASSUMED_LIST })];
};

const isListOf = (type: GraphQLOutputType): boolean => isListType(isNonNullType(type) ? type.ofType : type);

const weight = (
  schema: GraphQLSchema,
  paging: PriceInput['paging'],
  field: GraphQLField<unknown, unknown>,
  type: string,
  isRoot: boolean,
): ConstDirectiveNode[] => {
  const price = field.extensions.price as PriceOf | undefined;
  if (!price || field === schema.getSubscriptionType()?.getFields()[field.name]) return [];
  const parents = isRoot ? 1 : PARENTS;
  const { requests } = price({
    parents,
    type,
    args: {},
    selects: ANYTHING,
    selectsBelow: () => ANYTHING,
    sources: SOURCES,
    paging,
    sizes: {},
    fromIndex: false,
    holds: () => false,
    lookup: () => null,
    filtersSeverities: true,
    entities: entitiesOf(schema),
    indexed: NOT_INDEXED,
    counted: NOT_COUNTED,
    statistics: new Set(),
  });
  return requests > 0 && Number.isFinite(requests)
    ? [directive('cost', { weight: Math.ceil((requests * WEIGHT_OF_REQUEST) / parents) })]
    : [];
};
