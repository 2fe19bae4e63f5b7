import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where the questions lie that come with the gateway: `package.json` says so, for the sources and for the package. */
export const OWN_QUESTIONS = fileURLToPath(
  new URL('.', import.meta.resolve('#docs/questions/01-what-depends-on-this-database.graphql')),
);

export interface QuestionFile {
  readonly file: string;
  readonly name: string;
  readonly text: string;
}

/** `02-what-breaks.graphql` is the question `what-breaks`, as `what_breaks.graphql` is: the number only orders the files. */
export const questionFiles = (folder: string): QuestionFile[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.graphql'))
    .sort()
    .map((file) => ({
      file,
      name: questionName(file.replace(/^\d+-/, '').replace(/\.graphql$/, '')),
      text: readFileSync(join(folder, file), 'utf8'),
    }));

/** A tool of an assistant has "_" where people write "-": both name the same question. */
export const questionName = (text: string): string => text.replaceAll('_', '-');
