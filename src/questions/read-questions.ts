import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { GraphQLSchema } from 'graphql';
import { ConfigError } from '#config/config-error.ts';
import { toError } from '#lib/gateway-error.ts';
import { parseQuestion, type Question } from './question.ts';

/** Where the questions lie that come with the gateway: `package.json` says so, for the sources and for the package. */
const OWN_FOLDER = new URL('.', import.meta.resolve('#docs/questions/01-what-depends-on-this-database.graphql'));

/**
 * The gateway's own questions and those of an operator's folder; of two with one name, the operator's. Of its own, those that the schema
 * cannot answer are left out: types may be renamed or missing in it.
 * @throws ConfigError for an operator's folder that cannot be used.
 */
export const readQuestions = (schema: GraphQLSchema, directory: string | null): readonly Question[] => {
  const own = readFolder(fileURLToPath(OWN_FOLDER)).flatMap(({ name, text }) => {
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
      return readFolder(directory);
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

interface QuestionFile {
  readonly file: string;
  readonly name: string;
  readonly text: string;
}

/** `02-what-breaks.graphql` is the question `what-breaks`: the number only orders the files. */
const readFolder = (folder: string): QuestionFile[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.graphql'))
    .sort()
    .map((file) => ({
      file,
      name: file.replace(/^\d+-/, '').replace(/\.graphql$/, ''),
      text: readFileSync(join(folder, file), 'utf8'),
    }));
