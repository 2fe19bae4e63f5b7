import { randomUUID } from 'node:crypto';
import { Command } from 'commander';
import type { GatewayConfig } from '#config/config.ts';
import type { Watch } from '#watches/watch.ts';
import { askPatiently } from './ask-patiently.ts';
import { type ConnectionOptions, connect, UsageError, withConnection } from './connection.ts';
import { waitOption } from './print-answer.ts';
import { environmentWith } from './process.ts';
import { textRows } from './text-rows.ts';

interface WatchOptions extends ConnectionOptions {
  readonly list?: boolean;
  readonly dryRun?: string;
  readonly wait: number;
}

export const watchCommand = (): Command =>
  waitOption(
    withConnection(
      new Command('watch')
        .description(
          'Show the watched questions of a configuration, or what one of them would tell now. Nothing is sent.',
        )
        .option('--list', 'say which there are')
        .option('--dry-run <name>', 'ask the question of this watch once, and show what would be told'),
    ),
  )
    .addHelpText('after', EXAMPLES)
    .action(watch);

const EXAMPLES = `
Examples:
  inventory-gateway watch --list --config gateway.yaml
  inventory-gateway watch --dry-run exposed-machines --config gateway.yaml
  inventory-gateway watch --dry-run exposed-machines --config gateway.yaml --url http://127.0.0.1:4000 --key …

The configuration says what is watched; with --url, a gateway that runs answers the question, as it answers the owner of --key, instead of one of this command alone, which
answers as the viewer of the watch. Compared is with what "watches.json" in index.directory remembers, which stays as it is.`;

const watch = async (options: WatchOptions): Promise<void> => {
  const { config, watches } = await configured(options);
  if (!options.dryRun) return console.log(await listText(watches));
  const chosen = watches.find(({ name }) => name === options.dryRun);
  if (!chosen)
    throw new UsageError(`Expected a watch that "watch --list" names, got ${JSON.stringify(options.dryRun)}.`);
  await dryRun(chosen, config, options);
};

const configured = async ({ config: file }: WatchOptions) => {
  const [{ schema }, { loadConfig }, { readQuestions }, { defineWatches }] = await Promise.all([
    import('../schema.ts'),
    import('#sources/kinds.ts'),
    import('#questions/read-questions.ts'),
    import('#watches/define-watches.ts'),
  ]);
  const config = loadConfig(environmentWith({ INVENTORY_CONFIG: file }));
  const questions = readQuestions(schema, config.questions.directory);
  return { config, watches: defineWatches(config.watches, schema, questions) };
};

const listText = async (watches: readonly Watch[]): Promise<string> => {
  const { conditionText, hostOf } = await import('#watches/watch.ts');
  return textRows(
    ['WATCH', 'QUESTION', 'CONDITION', 'AS', 'WEBHOOKS'],
    watches.map(({ name, question, condition, viewer, webhooks }) => [
      ...[name, question.name, conditionText(condition), viewer ?? '', webhooks.map(hostOf).join(' ')],
    ]),
  );
};

const dryRun = async (chosen: Watch, config: GatewayConfig, options: WatchOptions): Promise<void> => {
  const { viewerOfWatch } = await import('#server/auth/viewer-of-watch.ts');
  const connection = await connect(options, viewerOfWatch(config.auth, chosen).sources);
  try {
    const { document: query, hash } = chosen.question;
    const { data, errors = [] } = await askPatiently(
      connection.ask,
      { query, hash, variables: chosen.variables },
      { waitSeconds: options.wait, report: (text) => console.error(text) },
    );
    for (const { message, extensions } of errors) console.error(`${String(extensions?.code ?? 'ERROR')}: ${message}`);
    if (data && errors.length === 0) return console.log(await toldText(chosen, config, data));
    console.error('An answer with errors is never compared: it would be asked again later.');
    process.exitCode = 1;
  } finally {
    await connection.close();
  }
};

const toldText = async (
  chosen: Watch,
  { index }: GatewayConfig,
  data: Readonly<Record<string, unknown>>,
): Promise<string> => {
  const [{ conditionText, hostOf }, { WatchState }, { watchAnswer }, { judge }, { eventOf, webhookBody }] =
    await Promise.all([
      import('#watches/watch.ts'),
      import('#watches/watch-state.ts'),
      import('#watches/watch-answer.ts'),
      import('#watches/judge.ts'),
      import('#watches/event.ts'),
    ]);
  const state = new WatchState(index.directory);
  if (!(await state.load()))
    throw new UsageError(
      'Expected "watches.json" in index.directory to hold what watches have told, got something else.',
    );
  const { answer: before } = state.memoryOf(chosen);
  const { holds, fires, summary } = judge(chosen.condition, watchAnswer(data, chosen.path), before);
  const event = eventOf(chosen, { id: `msg_${randomUUID()}`, firedAt: Date.now(), summary });
  const { count, appeared, vanished, changed } = summary;
  const compared = before
    ? `Compared with what was told last: ${appeared.length} appeared, ${vanished.length} vanished, ${changed.length} changed.`
    : 'Nothing was told before: it would be remembered as the first answer.';
  const lines = [
    `${conditionText(chosen.condition)}: ${holds ? 'holds' : 'does not hold'}, ${count} in the list.`,
    compared,
  ];
  if (!fires) return [...lines, 'Nothing would be told.'].join('\n');
  const body = JSON.stringify(JSON.parse(webhookBody(chosen, event, summary, data)), null, 2);
  const targets = chosen.webhooks.map(
    (webhook) =>
      `Would be sent to ${hostOf(webhook)}, with the headers webhook-id: ${event.id}, webhook-timestamp and webhook-signature`,
  );
  return [...lines, ...targets, body].join('\n');
};
