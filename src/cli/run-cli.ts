import { Command } from 'commander';
import { askCommand } from './ask.ts';
import { checkCommand } from './check.ts';
import { addCompletion } from './completion.ts';
import { demoCommand } from './demo.ts';
import { mcpCommand } from './mcp.ts';
import { queryCommand } from './query.ts';
import { reportFailure } from './report-failure.ts';
import { schemaCommand } from './schema.ts';
import { serveCommand } from './serve.ts';
import { watchCommand } from './watch.ts';

/** Runs the command that `argv` names; a failure is reported and decides the exit code. */
export const runCli = async (argv: readonly string[]): Promise<void> => {
  process.stdout.on('error', leaveWhenPipeCloses);
  const program = new Command('inventory-gateway')
    .description('One GraphQL graph over ScanOrbit (AWS inventory) and Scanopy (network inventory) servers.')
    .showHelpAfterError('(add --help for the options)')
    .addCommand(serveCommand())
    .addCommand(demoCommand())
    .addCommand(checkCommand())
    .addCommand(schemaCommand())
    .addCommand(askCommand())
    .addCommand(queryCommand())
    .addCommand(watchCommand())
    .addCommand(mcpCommand());
  addCompletion(program);
  try {
    await program.parseAsync([...argv]);
  } catch (error) {
    reportFailure(error);
  }
};

/** Exits quietly when the reader of a pipe closes it, as in `schema | head`. */
const leaveWhenPipeCloses = (error: NodeJS.ErrnoException): void => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
};
