import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseAllDocuments } from 'yaml';

const ROOT = dirname(dirname(dirname(import.meta.dirname)));

/** A file of the project as text. */
export const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

/** Every document of a YAML file. @throws when it does not parse. */
export const readYaml = <T>(path: string): T[] =>
  parseAllDocuments(read(path)).map((document) => {
    const [error] = document.errors;
    if (error) throw error;
    return document.toJS() as T;
  });
