import type { GraphQLSchema } from 'graphql';
import { ConfigError } from '#config/config-error.ts';
import { toError } from '#lib/gateway-error.ts';
import { parseQuestion, type Question } from './question.ts';
import { OWN_QUESTIONS, questionFiles } from './question-files.ts';

/**
 * The gateway's own questions and those of an operator's folder; of two with one name, the operator's. Of its own, those that the schema
 * cannot answer are left out: types may be renamed or missing in it.
 * @throws ConfigError for an operator's folder that cannot be used.
 */
export const readQuestions = (schema: GraphQLSchema, directory: string | null): readonly Question[] => {
  const own = questionFiles(OWN_QUESTIONS).flatMap(({ name, text }) => {
    try {
      return [parseQuestion(name, text, schema)];
    } catch {
      return [];
    }
  });
  const added = directory === null ? [] : operatorsQuestions(directory, schema);
  return [...new Map([...own, ...added].map((question) => [question.name, question])).values()];
};

const operatorsQuestions = (directory: string, schema: GraphQLSchema): Question[] => {
  const refuse = (message: string): never => {
    throw new ConfigError([{ path: 'questions.directory', message }]);
  };
  const files = (() => {
    try {
      return questionFiles(directory);
    } catch (error) {
      const why = (error as NodeJS.ErrnoException).code ?? 'unreadable';
      return refuse(`expected a readable folder, got ${directory} (${why})`);
    }
  })();
  return files.map(({ file, name, text }) => {
    try {
      return parseQuestion(name, text, schema);
    } catch (error) {
      return refuse(`${file}: ${toError(error).message}`);
    }
  });
};
