import { createHash } from 'node:crypto';
import {
  type DocumentNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  parse,
  specifiedRules,
  validate,
} from 'graphql';
import { InputError, toError } from '#lib/gateway-error.ts';
import { type ArgumentSchema, argumentSchema } from './argument-schema.ts';

/** A query that can be asked by name. */
export interface Question {
  readonly name: string;
  /** In words: the first line of the comment before the operation. */
  readonly title: string;
  /** The rest of that comment: what the answer does and does not show. */
  readonly notes: string;
  readonly document: string;
  /** SHA-256 of the document, in hex. */
  readonly hash: string;
  readonly arguments: ArgumentSchema;
  /** The same about a moment of the past, which it takes as a further variable; left out where it is asked about now only. */
  readonly past?: Question;
}

/** @throws InputError when the text is not one query that the schema can answer. */
export const parseQuestion = (name: string, text: string, schema: GraphQLSchema): Question => {
  const { document, operation } = queryIn(text);
  const [problem] = validate(schema, document, specifiedRules, { maxErrors: 1 });
  if (problem) throw new InputError(`Expected a query for this schema, got: ${problem.message}`);
  const [title = '', ...notes] = commentBefore(text);
  return {
    name,
    title: title || operation.description?.value || operation.name?.value || name,
    notes: notes.join(' '),
    document: text,
    hash: createHash('sha256').update(text).digest('hex'),
    arguments: argumentSchema(schema, document, operation),
  };
};

/** @throws InputError when the text is not one query. */
export const queryIn = (
  text: string,
): { readonly document: DocumentNode; readonly operation: OperationDefinitionNode } => {
  const document = parsed(text);
  return { document, operation: onlyQuery(document) };
};

const parsed = (text: string): DocumentNode => {
  try {
    return parse(text);
  } catch (error) {
    throw new InputError(`Expected a GraphQL document, got: ${toError(error).message}`);
  }
};

const onlyQuery = ({ definitions }: DocumentNode): OperationDefinitionNode => {
  const operations = definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION);
  const [operation] = operations;
  if (operations.length !== 1 || operation?.operation !== 'query')
    throw new InputError(`Expected one query, got ${operations.map((node) => node.operation).join(', ') || 'none'}.`);
  return operation;
};

const commentBefore = (text: string): string[] => {
  const lines = text.split('\n');
  const end = lines.findIndex((line) => !line.startsWith('#'));
  return lines.slice(0, end === -1 ? lines.length : end).map((line) => line.replace(/^#\s*/, '').trim());
};
