import { type DocumentNode, type GraphQLSchema, getVariableValues, Kind, type SelectionSetNode } from 'graphql';
import type { GatewayConfig } from '#config/config.ts';
import { ConfigError, type ConfigProblem } from '#config/config-error.ts';
import { closest } from '#lib/text.ts';
import { type Question, queryIn } from '#questions/question.ts';
import { questionName } from '#questions/question-files.ts';
import { sidesOfOperation } from './sides-of-operation.ts';
import type { Watch } from './watch.ts';

/** The configured watches with the questions they name. @throws ConfigError with everything that does not fit */
export const defineWatches = (
  options: GatewayConfig['watches'],
  schema: GraphQLSchema,
  questions: readonly Question[],
): readonly Watch[] => {
  const problems: ConfigProblem[] = [];
  const watches = options.flatMap((of, i): Watch[] => {
    const question = questions.find(({ name }) => name === questionName(of.operation));
    if (!question) {
      problems.push({ path: `watches[${i}].operation`, message: unknownQuestion(of.operation, questions) });
      return [];
    }
    const { document, operation } = queryIn(question.document);
    const path = of.path?.split('.') ?? null;
    const { errors = [] } = getVariableValues(schema, operation.variableDefinitions ?? [], { ...of.variables });
    problems.push(
      ...unknownVariables(of.variables, question).map((message) => ({ path: `watches[${i}].variables`, message })),
      ...errors.map(({ message }) => ({
        path: `watches[${i}].variables`,
        message: `expected to fit, got: ${message}`,
      })),
      ...pathProblems(path ?? [], operation.selectionSet, document).map((message) => ({
        path: `watches[${i}].path`,
        message,
      })),
    );
    const { name, variables, condition, viewer = null, webhooks } = of;
    const sides = sidesOfOperation(schema, question.document);
    return [{ name, question, variables, condition, path, viewer, webhooks, sides }];
  });
  if (problems.length > 0) throw new ConfigError(problems);
  return watches;
};

const unknownQuestion = (name: string, questions: readonly Question[]): string => {
  const names = questions.map((question) => question.name);
  const meant = closest(questionName(name), names);
  const hint = meant ? `did you mean "${meant}"?` : '"inventory-gateway ask --list" shows them';
  return `expected the name of a question, got ${JSON.stringify(name)}; ${hint}`;
};

const unknownVariables = (
  variables: Readonly<Record<string, unknown>>,
  { arguments: { properties = {} } }: Question,
): string[] => {
  const known = Object.keys(properties);
  return Object.keys(variables)
    .filter((name) => !known.includes(name))
    .map((name) => `expected variables of the question (${known.join(', ') || 'it has none'}), got "${name}"`);
};

/** Of the first name that leads nowhere. */
const pathProblems = ([name, ...rest]: readonly string[], set: SelectionSetNode, document: DocumentNode): string[] => {
  if (name === undefined) return [];
  const fields = fieldsOf(set, document);
  const below = fields.get(name);
  if (!fields.has(name))
    return [`expected a field of the question (${[...fields.keys()].join(', ')}), got ${JSON.stringify(name)}`];
  return below ? pathProblems(rest, below, document) : rest.length > 0 ? [`expected "${name}" to be the last`] : [];
};

/** What is selected, by its name in the answer. */
const fieldsOf = (set: SelectionSetNode, document: DocumentNode): Map<string, SelectionSetNode | undefined> =>
  new Map(
    set.selections.flatMap((selection): [string, SelectionSetNode | undefined][] => {
      if (selection.kind === Kind.FIELD)
        return [[selection.alias?.value ?? selection.name.value, selection.selectionSet]];
      if (selection.kind === Kind.INLINE_FRAGMENT) return [...fieldsOf(selection.selectionSet, document)];
      const named = document.definitions.find(
        (node) => node.kind === Kind.FRAGMENT_DEFINITION && node.name.value === selection.name.value,
      );
      return named && 'selectionSet' in named ? [...fieldsOf(named.selectionSet, document)] : [];
    }),
  );
