import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type DocumentNode,
  Kind,
  type OperationDefinitionNode,
  type OperationTypeNode,
  parse,
  type SelectionNode,
} from 'graphql';

interface DocumentFile {
  readonly location?: string;
  readonly document?: DocumentNode;
}

/** The fields that a moment of the past has. */
const pastFields = (): ReadonlySet<string> => {
  const schema = parse(readFileSync(join(import.meta.dirname, '../schema.graphql'), 'utf8'));
  const [type] = schema.definitions.filter(
    (definition) => definition.kind === Kind.OBJECT_TYPE_DEFINITION && definition.name.value === 'InventoryAsOf',
  );
  if (type?.kind !== Kind.OBJECT_TYPE_DEFINITION) throw new Error('Expected a type InventoryAsOf in schema.graphql.');
  // At the root, `readings` lists all there were.
  return new Set(type.fields?.map(({ name }) => name.value).filter((name) => name !== 'readings'));
};

const nameOf = (selection: SelectionNode): string => (selection.kind === Kind.FIELD ? selection.name.value : '');

const { definitions } = parse('query ($at: DateTime!) { asOf(time: $at) { readings { source time isComplete } } }');
const [frame] = definitions as readonly OperationDefinitionNode[];

/** The same question about a moment: `Search` becomes `SearchAt($at)`. What there is of now only stays beside it; null where all is such. */
const pastOperation = (
  operation: OperationDefinitionNode,
  isPast: ReadonlySet<string>,
): OperationDefinitionNode | null => {
  const { name, operation: type, selectionSet, variableDefinitions = [] } = operation;
  const asked = selectionSet.selections.filter((selection) => isPast.has(nameOf(selection)));
  const [asOf] = frame?.selectionSet.selections ?? [];
  const isOfTime = selectionSet.selections.some((selection) => ['asOf', 'diff'].includes(nameOf(selection)));
  const isAsked = asked.length > 0 || selectionSet.selections.some((selection) => nameOf(selection) === 'sources');
  if (
    isOfTime ||
    !isAsked ||
    !name ||
    type !== ('query' as OperationTypeNode) ||
    asOf?.kind !== Kind.FIELD ||
    !asOf.selectionSet
  )
    return null;
  const ofNow = selectionSet.selections.filter((selection) => !isPast.has(nameOf(selection)));
  const readings = asOf.selectionSet.selections;
  return {
    ...operation,
    name: { ...name, value: `${name.value}At` },
    variableDefinitions: [...variableDefinitions, ...(frame?.variableDefinitions ?? [])],
    selectionSet: {
      kind: Kind.SELECTION_SET,
      selections: [
        ...ofNow,
        { ...asOf, selectionSet: { kind: Kind.SELECTION_SET, selections: [...readings, ...asked] } },
      ],
    },
  };
};

/** Adds to the operations of the explorer those that it sends when it shows a moment of the past. */
export const withPastOperations = ({ documents }: { readonly documents: DocumentFile[] }): DocumentFile[] => {
  const isPast = pastFields();
  return documents.flatMap((file) => {
    const past = (file.document?.definitions ?? []).flatMap((definition) =>
      definition.kind === Kind.OPERATION_DEFINITION ? (pastOperation(definition, isPast) ?? []) : [],
    );
    return past.length === 0 ? [file] : [file, { ...file, document: { kind: Kind.DOCUMENT, definitions: past } }];
  });
};
