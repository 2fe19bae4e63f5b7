import { fromJsonSchema, McpServer } from '@modelcontextprotocol/server';
import { lexicographicSortSchema, printSchema } from 'graphql';
import { type Ask, createTools, type ToolOptions } from './create-tools.ts';
import { SOURCES_QUERY } from './graph-tools.ts';

const INSTRUCTIONS = `An inventory of AWS resources and network hosts, read-only. Records have global ids: get them from "lookup" by any name, address, ARN or id. \
Members that are null are left out. Answers may be partial: "errors" says what is missing and what to do, "truncated" and "notice" what was cut. \
Sources are scarce: ask no more than is needed.`;

/** Makes MCP servers, each for one caller: all with the same tools, whose operations `ask` executes as that caller. */
export const mcpServers = (options: ToolOptions & { readonly version: string }): ((ask: Ask) => McpServer) => {
  const tools = createTools(options).map((tool) => ({
    ...tool,
    inputSchema: fromJsonSchema<Record<string, unknown>>(tool.arguments as Parameters<typeof fromJsonSchema>[0]),
  }));
  let sdl: string | undefined;
  return (ask) => {
    const server = new McpServer(
      { name: 'inventory-gateway', title: 'Inventory Gateway', version: options.version },
      { instructions: INSTRUCTIONS },
    );
    for (const { name, title, description, inputSchema, run } of tools) {
      const annotations = { readOnlyHint: true, openWorldHint: false };
      server.registerTool(name, { title, description, inputSchema, annotations }, (args, { mcpReq }) =>
        run(args, ask, mcpReq.signal),
      );
    }
    const sources = { title: 'The sources with their health', mimeType: 'application/json' };
    server.registerResource('sources', 'inventory://sources', sources, async (uri, { mcpReq }) => {
      const { data, errors } = await ask({ query: SOURCES_QUERY }, mcpReq.signal);
      return { contents: [{ uri: uri.href, mimeType: sources.mimeType, text: JSON.stringify({ ...data, errors }) }] };
    });
    if (options.describeSchema) {
      const schema = { title: 'The GraphQL schema', mimeType: 'text/plain' };
      server.registerResource('schema', 'inventory://schema', schema, (uri) => {
        sdl ??= printSchema(lexicographicSortSchema(options.schema));
        return { contents: [{ uri: uri.href, mimeType: schema.mimeType, text: sdl }] };
      });
    }
    return server;
  };
};
