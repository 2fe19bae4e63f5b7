import { type FieldNode, GraphQLError, type SelectionSetNode, type ValidationRule } from 'graphql';

/** Limits how often one selection set may contain the same field: validating and merging it costs as much as that many aliases. */
export const repeatedFieldRule = (limit: number): ValidationRule =>
  function RepeatedField(context) {
    return {
      SelectionSet(node) {
        const most = mostNamed(node);
        const [first] = most;
        if (!first || most.length <= limit) return;
        const message = `Expected a field at most ${limit} times in one selection, got ${most.length}.`;
        context.reportError(new GraphQLError(message, { nodes: first, extensions: { code: 'BAD_USER_INPUT' } }));
      },
    };
  };

const responseName = ({ alias, name }: FieldNode): string => (alias ?? name).value;

/** The field that is named most often, as often as it is. */
const mostNamed = ({ selections }: SelectionSetNode): readonly FieldNode[] => {
  const fields = selections.filter((selection) => selection.kind === 'Field');
  return [...Map.groupBy(fields, responseName).values()].reduce(
    (most, of) => (of.length > most.length ? of : most),
    [],
  );
};
