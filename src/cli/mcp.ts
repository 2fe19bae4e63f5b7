import { Command } from 'commander';
import { ANSWER_BYTES } from '#config/sections.ts';
import { gatewayVersion } from '#lib/gateway-version.ts';
import { questionsFor } from './ask.ts';
import { type ConnectionOptions, connect, withConnection } from './connection.ts';

export const mcpCommand = (): Command =>
  withConnection(
    new Command('mcp').description(
      'Serve the Model Context Protocol over standard input and output, for an assistant on this machine.',
    ),
  ).action(mcp);

const mcp = async (options: ConnectionOptions): Promise<void> => {
  const { serveStdio } = await import('@modelcontextprotocol/server/stdio');
  const { mcpServers } = await import('#mcp/mcp-servers.ts');
  const { graphQuestions } = await import('#mcp/create-tools.ts');
  const { schema } = await import('../schema.ts');
  const questions = [...graphQuestions(schema), ...(await questionsFor(options))];
  const { ask, config, close } = await connect(options);
  const serverFor = mcpServers({
    ...{ schema, questions, version: gatewayVersion() },
    answerBytes: config?.mcp.answerBytes ?? ANSWER_BYTES,
    // A gateway that runs elsewhere refuses by itself what it does not allow.
    describeSchema: config?.server.introspection ?? true,
    runQuery: config?.mcp.runQuery ?? true,
  });
  serveStdio(() => serverFor(ask), { maxSubscriptions: 0 });
  // The assistant ends the connection by closing the pipe.
  await new Promise((resolve) => process.stdin.once('close', resolve));
  await close();
};
