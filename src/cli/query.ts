import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { toError } from '#lib/gateway-error.ts';
import { type ConnectionOptions, gathered, UsageError, withConnection } from './connection.ts';
import { type PrintOptions, printAnswer, withPrinting } from './print-answer.ts';

interface QueryOptions extends ConnectionOptions, PrintOptions {
  readonly var: readonly string[];
}

export const queryCommand = (): Command =>
  withPrinting(
    withConnection(
      new Command('query')
        .description('Run the query of a file.')
        .argument('<file>', 'a .graphql file with one query; - for standard input')
        .option('--var <name=value>', 'a variable; may be repeated', gathered, []),
    ),
  ).action(query);

const query = async (file: string, options: QueryOptions): Promise<void> => {
  const { schema } = await import('../schema.ts');
  const { parseQuestion } = await import('#questions/question.ts');
  const question = (() => {
    try {
      return parseQuestion(file, readFileSync(file === '-' ? 0 : file, 'utf8'), schema);
    } catch (error) {
      throw new UsageError(`${file}: ${toError(error).message}`);
    }
  })();
  await printAnswer(question, options.var, options);
};
