import { Command } from 'commander';
import type { Question } from '#questions/question.ts';
import { questionName } from '#questions/question-files.ts';
import { type ConnectionOptions, gathered, UsageError, withConnection } from './connection.ts';
import { type PrintOptions, printAnswer, withPrinting } from './print-answer.ts';
import { environmentWith } from './process.ts';
import { textRows } from './text-rows.ts';

interface AskOptions extends ConnectionOptions, PrintOptions {
  readonly var: readonly string[];
  readonly list?: boolean;
}

export const askCommand = (): Command =>
  withPrinting(
    withConnection(
      new Command('ask')
        .description('Ask one of the questions of the documentation, or of the folder questions.directory.')
        .argument('[question]', 'its name, such as what-breaks-if-it-goes')
        .option('--list', 'say which questions there are, and what each takes')
        .option('--var <name=value>', 'what it takes; may be repeated', gathered, []),
    ),
  )
    .addHelpText('after', EXAMPLES)
    .action(ask);

const EXAMPLES = `
Examples:
  inventory-gateway ask --list
  inventory-gateway ask everything-about-this --var terms=203.0.113.7 --url http://127.0.0.1:4000
  inventory-gateway ask what-breaks-if-it-goes --var id=… --json

Exits with 1 when something is missing in the answer, with 2 when it cannot be asked like this.`;

const ask = async (name: string | undefined, options: AskOptions): Promise<void> => {
  const questions = await questionsFor(options);
  if (options.list || !name) return console.log(listText(questions));
  const question = questions.find((one) => one.name === questionName(name));
  if (!question) throw new UsageError(`Expected a question that "ask --list" names, got ${JSON.stringify(name)}.`);
  await printAnswer(question, options.var, options);
};

/** Those that come with the gateway, and those of the configuration where there is one. */
export const questionsFor = async ({ url, config }: ConnectionOptions): Promise<readonly Question[]> => {
  const { schema } = await import('../schema.ts');
  const { readQuestions } = await import('#questions/read-questions.ts');
  const environment = environmentWith({ INVENTORY_CONFIG: config });
  if (url || !environment.INVENTORY_CONFIG) return readQuestions(schema, null);
  const { loadConfig } = await import('#sources/kinds.ts');
  return readQuestions(schema, loadConfig(environment).questions.directory);
};

const listText = (questions: readonly Question[]): string =>
  textRows(
    ['QUESTION', 'TAKES', ''],
    questions.map(({ name, title, arguments: { properties = {}, required = [] } }) => [
      name,
      Object.keys(properties)
        .map((key) => (required.includes(key) ? key : `[${key}]`))
        .join(' '),
      title,
    ]),
  );
