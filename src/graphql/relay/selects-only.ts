import type { GraphQLResolveInfo, SelectionSetNode } from 'graphql';

/**
 * Whether nothing but these fields is asked of a field's object, fragments included: then a record known by name only need not be
 * fetched. Intentionally blind to type conditions, `@skip` and `@include`: what may be asked counts as asked.
 */
export const selectsOnly = (
  info: Pick<GraphQLResolveInfo, 'fieldNodes' | 'fragments'>,
  names: ReadonlySet<string>,
): boolean => info.fieldNodes.every(({ selectionSet }) => isWithin(selectionSet, names, info.fragments));

const isWithin = (
  selections: SelectionSetNode | undefined,
  names: ReadonlySet<string>,
  fragments: GraphQLResolveInfo['fragments'],
): boolean =>
  selections?.selections.every((selection) => {
    if (selection.kind === 'Field') return selection.name.value === '__typename' || names.has(selection.name.value);
    const fragment = selection.kind === 'FragmentSpread' ? fragments[selection.name.value] : selection;
    return isWithin(fragment?.selectionSet, names, fragments);
  }) ?? true;
