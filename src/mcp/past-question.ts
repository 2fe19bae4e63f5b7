import {
  type ExecutionResult,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  print,
} from 'graphql';
import { parseQuestion, type Question, queryIn } from '#questions/question.ts';

/** Name of the variable that takes the moment, and of the field that has it. */
const MOMENT = 'asOf';
const WRAPPER = `query ($${MOMENT}: DateTime!) { ${MOMENT}(time: $${MOMENT}) { __typename } }`;

/** The question with the same about a moment of the past, unless something of it is said of now only. */
export const withPast = (question: Question, schema: GraphQLSchema): Question => {
  const { document, operation } = queryIn(question.document);
  const definitions = document.definitions.map((node) => (node === operation ? askedOfMoment(operation) : node));
  try {
    return { ...question, past: parseQuestion(question.name, print({ ...document, definitions }), schema) };
  } catch {
    return question;
  }
};

const askedOfMoment = (operation: OperationDefinitionNode): OperationDefinitionNode => {
  const wrapper = queryIn(WRAPPER).operation;
  const moment = wrapper.selectionSet.selections.map((field) => ({ ...field, selectionSet: operation.selectionSet }));
  return {
    ...operation,
    variableDefinitions: [...(operation.variableDefinitions ?? []), ...(wrapper.variableDefinitions ?? [])],
    selectionSet: { kind: Kind.SELECTION_SET, selections: moment },
  };
};

/** An answer about a moment in the shape of one about now. */
export const answerOfMoment = ({ data, errors, ...rest }: ExecutionResult): ExecutionResult => ({
  ...rest,
  ...(errors && { errors: errors.map(errorOfMoment) }),
  data: (data?.[MOMENT] as Record<string, unknown> | null | undefined) ?? null,
});

/** What is wrong with the moment itself is at no field that was asked for. */
const errorOfMoment = ({ message, path = [], extensions }: GraphQLError): GraphQLError => {
  const [first, ...below] = path;
  const at = first === MOMENT ? below : path;
  return new GraphQLError(message, { extensions, ...(at.length > 0 && { path: at }) });
};
