import { type Command, InvalidArgumentError } from 'commander';
import type { Question } from '#questions/question.ts';
import { answerText } from './answer-text.ts';
import { askPatiently } from './ask-patiently.ts';
import { type ConnectionOptions, connect } from './connection.ts';
import { variablesFrom } from './variables.ts';

export interface PrintOptions {
  readonly json?: boolean;
  readonly wait: number;
}

/** Longest wait for sources and budget, unless another is asked for. */
const WAIT_SECONDS = 120;

export const withPrinting = (command: Command): Command =>
  waitOption(command.option('--json', 'print the whole answer as JSON instead of tables'));

export const waitOption = (command: Command): Command =>
  command.option(
    '--wait <seconds>',
    'longest time to wait for sources to be read and for budget',
    seconds,
    WAIT_SECONDS,
  );

const seconds = (text: string): number => {
  if (!/^\d{1,6}$/.test(text)) throw new InvalidArgumentError('Expected a whole number of seconds.');
  return Number(text);
};

/** Asks, and prints the answer to standard output; what is waited for and what is missing goes to standard error. */
export const printAnswer = async (
  { document, hash, arguments: args }: Question,
  pairs: readonly string[],
  { json, wait, ...where }: PrintOptions & ConnectionOptions,
): Promise<void> => {
  const variables = variablesFrom(pairs, args);
  const connection = await connect(where);
  try {
    const report = (text: string): void => console.error(text);
    const operation = { query: document, hash, variables };
    const answer = await askPatiently(connection.ask, operation, { waitSeconds: wait, report });
    const { data, errors = [] } = answer;
    if (json) console.log(JSON.stringify(answer, null, 2));
    else if (data) console.log(answerText(data));
    for (const { message, path, extensions } of errors)
      console.error(`${String(extensions?.code ?? 'ERROR')}${path ? ` at ${path.join('.')}` : ''}: ${message}`);
    if (errors.length > 0) process.exitCode = 1;
  } finally {
    await connection.close();
  }
};
