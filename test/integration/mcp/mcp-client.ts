import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';

/** What a tool returned: its structured content, which its text repeats. */
export interface ToolReply {
  readonly isError: boolean;
  readonly text: string;
  readonly answer: {
    readonly data?: Record<string, unknown>;
    readonly errors?: readonly Record<string, unknown>[];
    readonly notice?: string;
    readonly [member: string]: unknown;
  };
}

/** The official client, connected over streamable HTTP to the gateway whose GraphQL endpoint is `url`. */
export const connectMcp = async (url: string, headers: Record<string, string> = {}): Promise<Client> => {
  const client = new Client({ name: 'test', version: '1' });
  await client.connect(new StreamableHTTPClientTransport(new URL('/mcp', url), { requestInit: { headers } }));
  return client;
};

export const callTool = async (
  client: Client,
  name: string,
  args: Record<string, unknown> = {},
): Promise<ToolReply> => {
  const { content, structuredContent, isError = false } = await client.callTool({ name, arguments: args });
  const [first] = content;
  return {
    isError,
    text: first?.type === 'text' ? first.text : '',
    answer: (structuredContent ?? {}) as ToolReply['answer'],
  };
};
