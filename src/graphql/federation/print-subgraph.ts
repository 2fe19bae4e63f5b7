import {
  type ASTNode,
  type ConstDirectiveNode,
  type GraphQLSchema,
  Kind,
  parse,
  print,
  printSchema,
  visit,
} from 'graphql';
import { entitiesOf } from '../entity.ts';
import type { PriceInput } from '../pricing/price.ts';
import { costDirectives } from './cost-directives.ts';
import { directive, keyDirectives, shareableDirectives } from './directives.ts';
import { Sides } from './sides.ts';
import type { TypeNames } from './type-names.ts';

/** The newest version that Apollo's, The Guild's and WunderGraph's composers all read. */
const LINK = {
  url: 'https://specs.apollo.dev/federation/v2.9',
  import: ['@key', '@shareable', '@tag', '@cost', '@listSize'],
};

/** The schema as text, with the federation directives that belong on it. */
export const printSubgraph = (schema: GraphQLSchema, names: TypeNames, paging: PriceInput['paging']): string => {
  const entities = entitiesOf(schema);
  const sides = new Sides(schema);
  const onType = (name: string) => [
    ...keyDirectives(entities.get(names.ownName(name))),
    ...shareableDirectives(schema, name),
    ...sides.ofType(name).map(tag),
  ];
  const onField = (type: string, name: string) => [
    ...sides.ofField(type, name).map(tag),
    ...costDirectives(schema, paging, type, name),
  ];
  const decorated = visit(parse(printSchema(schema), { noLocation: true }), {
    enter(node: ASTNode) {
      switch (node.kind) {
        case Kind.OBJECT_TYPE_DEFINITION: {
          const type = node.name.value;
          const fields = node.fields?.map((of) => withDirectives(of, onField(type, of.name.value)));
          return withDirectives({ ...node, ...(fields && { fields }) }, onType(type));
        }
        case Kind.INTERFACE_TYPE_DEFINITION:
        case Kind.ENUM_TYPE_DEFINITION:
          return withDirectives(node, onType(node.name.value));
        case Kind.INPUT_OBJECT_TYPE_DEFINITION:
          return withDirectives(
            { ...node, directives: node.directives?.filter(isKnownToComposers) ?? [] },
            onType(node.name.value),
          );
        case Kind.DOCUMENT:
          return undefined;
        default:
          return false;
      }
    },
  });
  return `extend schema ${print(directive('link', LINK))}\n\n${print(decorated)}\n`;
};

const tag = (name: string): ConstDirectiveNode => directive('tag', { name });

/** Not `@oneOf`: Apollo's composer refuses it, and no supergraph carries it. The subgraph itself goes on enforcing it. */
const isKnownToComposers = ({ name }: ConstDirectiveNode): boolean => name.value !== 'oneOf';

const withDirectives = <N extends { readonly directives?: readonly ConstDirectiveNode[] }>(
  node: N,
  added: readonly ConstDirectiveNode[],
): N => ({ ...node, directives: [...(node.directives ?? []), ...added] });
