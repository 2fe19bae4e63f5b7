import { type GraphQLSchema, getVariableValues } from 'graphql';
import type { GatewayConfig } from '#config/config.ts';
import { ConfigError, type ConfigProblem } from '#config/config-error.ts';
import { closest } from '#lib/text.ts';
import { type Question, queryIn } from '#questions/question.ts';
import { questionName } from '#questions/question-files.ts';
import { pathProblem } from './path-problem.ts';
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
    const { operation } = queryIn(question.document);
    const path = of.path?.split('.') ?? null;
    const { errors = [] } = getVariableValues(schema, operation.variableDefinitions ?? [], { ...of.variables });
    problems.push(
      ...unknownVariables(of.variables, question).map((message) => ({ path: `watches[${i}].variables`, message })),
      ...errors.map(({ message }) => ({
        path: `watches[${i}].variables`,
        message: `expected to fit, got: ${message}`,
      })),
    );
    const problem = path && pathProblem(schema, question.document, path);
    if (problem) problems.push({ path: `watches[${i}].path`, message: problem });
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
