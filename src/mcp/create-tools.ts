import type { ExecutionResult, GraphQLSchema } from 'graphql';
import { toError } from '#lib/gateway-error.ts';
import type { ArgumentSchema } from '#questions/argument-schema.ts';
import { parseQuestion, type Question, queryIn } from '#questions/question.ts';
import { describeSchema } from './describe-schema.ts';
import { GRAPH_TOOLS } from './graph-tools.ts';
import { answerOfMoment, withPast } from './past-question.ts';
import { answer, errorAnswer, operationAnswer, type ToolAnswer } from './tool-answer.ts';

export interface Operation {
  readonly query: string;
  /** Of a query that the gateway itself knows by this hash. */
  readonly hash?: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

/** Executes an operation for one caller, with all that the gateway checks of any operation. */
export type Ask = (operation: Operation, signal?: AbortSignal) => Promise<ExecutionResult>;

type Arguments = Readonly<Record<string, unknown>>;

export interface Tool {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly arguments: ArgumentSchema;
  run(args: Arguments, ask: Ask, signal?: AbortSignal): Promise<ToolAnswer>;
}

export interface ToolOptions {
  readonly schema: GraphQLSchema;
  readonly questions: readonly Question[];
  /** Largest answer of a tool. */
  readonly answerBytes: number;
  /** Whether callers may see the schema and run queries of their own. */
  readonly describeSchema: boolean;
  readonly runQuery: boolean;
}

/** The queries that every gateway offers as tools, as far as the schema has their types under these names. */
export const graphQuestions = (schema: GraphQLSchema): readonly Question[] =>
  Object.entries(GRAPH_TOOLS).flatMap(([name, text]) => {
    try {
      return [withPast(parseQuestion(name, text, schema), schema)];
    } catch {
      return [];
    }
  });

/** Of several tools with one name the last of the questions: an operator's take the place of the gateway's. */
export const createTools = (options: ToolOptions): readonly Tool[] => {
  const tools = [
    ...(options.describeSchema ? [schemaTool(options.schema)] : []),
    ...(options.runQuery ? [queryTool(options)] : []),
    ...options.questions.map((question) => questionTool(question, options.answerBytes)),
  ];
  return [...new Map(tools.map((tool) => [tool.name, tool])).values()];
};

/** Some assistants accept nothing but letters, digits and "_" in names. */
const toolName = (name: string): string => name.replaceAll(/[^A-Za-z0-9_]/g, '_');

const questionTool = (
  { name, title, notes, document, hash, arguments: args, past }: Question,
  answerBytes: number,
): Tool => ({
  name: toolName(name),
  title,
  description: [title, notes].filter(Boolean).join(' '),
  arguments: past ? { ...args, properties: { ...args.properties, asOf: AS_OF } } : args,
  run: async (variables, ask, signal) => {
    if (!past || !variables.asOf)
      return operationAnswer(await ask({ query: document, hash, variables }, signal), answerBytes);
    const answered = await ask({ query: past.document, hash: past.hash, variables }, signal);
    return operationAnswer(answerOfMoment(answered), answerBytes);
  },
});

const AS_OF: ArgumentSchema = {
  type: 'string',
  description:
    'A moment of the past, RFC 3339, for the answer as it was known then, from the history. Left out: as it is now.',
};

const schemaTool = (schema: GraphQLSchema): Tool => ({
  name: 'describe_schema',
  title: 'Look up types and fields of the GraphQL schema',
  description:
    'Pieces of the GraphQL schema that bear or explain a word; a type by its name is shown whole. Without a word: every query there is.',
  arguments: {
    type: 'object',
    properties: { word: { type: 'string', description: 'A name or part of one, such as Finding or exposed.' } },
    additionalProperties: false,
  },
  run: async ({ word }) => answer({ schema: describeSchema(schema, word as string | undefined) }),
});

const queryTool = ({ answerBytes }: ToolOptions): Tool => ({
  name: 'run_query',
  title: 'Run a GraphQL query',
  description:
    'Runs one read-only GraphQL query of your own. It is priced before it runs and refused when it may need too many upstream requests; prefer the other tools where they answer.',
  arguments: {
    type: 'object',
    properties: {
      query: { type: 'string', description: 'One query operation; describe_schema shows the fields.' },
      variables: { type: 'object', description: 'Values of its variables by name.' },
    },
    required: ['query'],
    additionalProperties: false,
  },
  run: async ({ query, variables = {} }, ask, signal) => {
    try {
      queryIn(String(query));
    } catch (error) {
      return errorAnswer('BAD_USER_INPUT', toError(error).message);
    }
    return operationAnswer(await ask({ query: String(query), variables: variables as Arguments }, signal), answerBytes);
  },
});
