import {
  type DocumentNode,
  type FragmentSpreadNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  type InlineFragmentNode,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from 'graphql';
import { queryIn } from '#questions/question.ts';

interface Asked {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
}

/** What an answer has under a name. */
interface Member {
  readonly type: GraphQLNamedType | null | undefined;
  readonly isArray: boolean;
  /** What is selected of it, wherever the name stands. */
  readonly sets: readonly SelectionSetNode[];
}

/** Why names of fields do not lead to a list in the answer of a question, or to a page of one. Null when they do. */
export const pathProblem = (schema: GraphQLSchema, question: string, path: readonly string[]): string | null => {
  const { document, operation } = queryIn(question);
  const answer = { type: schema.getQueryType(), isArray: false, sets: [operation.selectionSet] };
  return problemBelow({ schema, document }, answer, path);
};

const problemBelow = (asked: Asked, above: Member, [name = '', ...rest]: readonly string[]): string | null => {
  const members = membersOf(asked, above);
  const found = members.get(name);
  if (!found) return `expected a field of the question (${[...members.keys()].join(', ')}), got "${name}"`;
  if (rest.length === 0) return found.isArray || isPage(asked, found) ? null : `expected a list, got "${name}"`;
  if (found.isArray) return `expected "${name}" to be the last: it is a list`;
  return found.sets.length === 0 ? `expected "${name}" to be the last` : problemBelow(asked, found, rest);
};

const isPage = (asked: Asked, member: Member): boolean => {
  const members = membersOf(asked, member);
  return ['nodes', 'edges'].some((name) => members.get(name)?.isArray);
};

const membersOf = (asked: Asked, { type, sets }: Member): ReadonlyMap<string, Member> => {
  const members = new Map<string, Member>();
  for (const [name, member] of sets.flatMap((set) => selectedIn(asked, set, type)))
    members.set(name, { ...member, sets: [...(members.get(name)?.sets ?? []), ...member.sets] });
  return members;
};

const selectedIn = (asked: Asked, { selections }: SelectionSetNode, type: Member['type']): [string, Member][] =>
  selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) {
      const { name, alias, selectionSet } = selection;
      const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[name.value] : undefined;
      const isArray = isListType(getNullableType(field?.type));
      const sets = selectionSet ? [selectionSet] : [];
      return [[alias?.value ?? name.value, { type: getNamedType(field?.type), isArray, sets }]];
    }
    const fragment = fragmentOf(asked, selection);
    const condition = fragment?.typeCondition?.name.value;
    return fragment ? selectedIn(asked, fragment.selectionSet, condition ? asked.schema.getType(condition) : type) : [];
  });

const fragmentOf = ({ document }: Asked, selection: InlineFragmentNode | FragmentSpreadNode) =>
  selection.kind === Kind.INLINE_FRAGMENT
    ? selection
    : document.definitions
        .filter((node) => node.kind === Kind.FRAGMENT_DEFINITION)
        .find(({ name }) => name.value === selection.name.value);
