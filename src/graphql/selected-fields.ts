import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  isAbstractType,
  isObjectType,
  type SelectionSetNode,
} from 'graphql';

/** The parts of an operation that say what is asked below a field; of GraphQL's resolve info, for one. */
export interface Selecting {
  readonly schema: GraphQLSchema;
  readonly fieldNodes: readonly FieldNode[];
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode | undefined>>;
}

/**
 * The fields selected of what `fieldNodes` give, fragments included; of an object of `type` where that is known. Intentionally
 * blind to `@skip` and `@include`: what may be asked counts as asked.
 */
const selectedFields = ({ schema, fieldNodes, fragments }: Selecting, type?: string): readonly FieldNode[] => {
  const spread = new Set<string>();
  const fieldsIn = (selections: SelectionSetNode | undefined): readonly FieldNode[] =>
    (selections?.selections ?? []).flatMap((selection) => {
      if (selection.kind === 'Field') return [selection];
      if (selection.kind === 'InlineFragment') {
        const condition = selection.typeCondition?.name.value;
        return applies(schema, condition, type) ? fieldsIn(selection.selectionSet) : [];
      }
      const { value: name } = selection.name;
      // Once more changes nothing.
      if (spread.has(name)) return [];
      spread.add(name);
      const fragment = fragments[name];
      return applies(schema, fragment?.typeCondition.name.value, type) ? fieldsIn(fragment?.selectionSet) : [];
    });
  return fieldNodes.flatMap(({ selectionSet }) => fieldsIn(selectionSet));
};

/** Also where it is not known: the schema may have the type under another name, as in a supergraph. */
const applies = (schema: GraphQLSchema, condition: string | undefined, type: string | undefined): boolean => {
  if (condition === undefined || type === undefined || condition === type) return true;
  const abstract = schema.getType(condition);
  const object = schema.getType(type);
  return !isObjectType(object) || (isAbstractType(abstract) && schema.isSubType(abstract, object));
};

/** Their names, without `__typename`. */
export const selectedNames = (selecting: Selecting, type?: string): ReadonlySet<string> =>
  new Set(
    selectedFields(selecting, type)
      .map(({ name }) => name.value)
      .filter((name) => name !== '__typename'),
  );

/** The names selected of what one of these fields gives, where that is an object of `type`. */
export const namesBelow = (selecting: Selecting, field: string, type: string): ReadonlySet<string> => {
  const fieldNodes = selectedFields(selecting).filter(({ name }) => name.value === field);
  return selectedNames({ ...selecting, fieldNodes }, type);
};
