import type { Client } from '@modelcontextprotocol/client';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createWorld } from '#demo/world/world.ts';
import type { Harness } from '../../support/harness.ts';
import { startIndexed } from '../../support/indexed-gateway.ts';
import { callTool, connectMcp, type ToolReply } from './mcp-client.ts';

let harness: Harness;
let client: Client;

beforeAll(async () => {
  harness = await startIndexed({
    world: () => createWorld({ seed: 1 }),
    scanorbit: [{ movingScans: false }],
    scanopy: [{}],
    config: { mcp: { answerBytes: 1500 } },
  });
  client = await connectMcp(harness.url);
});

afterAll(async () => {
  await client.close();
  await harness.close();
});

const HEAD = `# Five questions, asked by tools alone

Each line that names a tool is a call, below it is what came back, from the demo servers, over the official MCP client. Written by
\`test/integration/mcp/transcript.test.ts\`, which holds it (with \`--update\` it writes it anew); moments are replaced by "…", and answers cut at
1500 bytes instead of 20000 so that they fit here.
`;

const MOMENT = /\d{4}-\d\d-\d\dT[\d:.]+Z/g;

/** Calls tools, and notes each call with its answer. */
const scribe = () => {
  const lines: string[] = [HEAD];
  const call = async (name: string, args: Record<string, unknown> = {}): Promise<ToolReply['answer']> => {
    const { answer, text } = await callTool(client, name, args);
    expect(answer.errors).toBeUndefined();
    lines.push(`\`${name}\` ${JSON.stringify(args)}\n`, `\`\`\`json\n${text.replaceAll(MOMENT, '…')}\n\`\`\`\n`);
    return answer;
  };
  return { call, heading: (text: string) => void lines.push(`## ${text}\n`), text: () => lines.join('\n') };
};

const firstId = (answer: ToolReply['answer'], type: string): string => {
  const hits = answer.data?.lookup as readonly {
    readonly node: { readonly __typename: string; readonly id: string };
  }[];
  return hits.find(({ node }) => node.__typename === type)?.node.id ?? '';
};

it('docs/mcp-transcript.md shows five questions, asked by tools alone, as they are answered', async () => {
  const { call, heading, text } = scribe();
  const { data } = await harness.query<{ correlations: { nodes: { host: { displayName: string } }[] } }>(
    '{ correlations(first: 1, minConfidence: HIGH) { nodes { host { displayName } } } }',
  );
  const name = data.correlations.nodes[0]?.host.displayName ?? '';

  heading(`What is ${name}, and what runs on it?`);
  const found = await call('lookup', { any: [name] });
  const id = firstId(found, 'Host');
  await call('what_runs_on_this_machine', { id });

  heading('What breaks if it goes?');
  await call('what_breaks_if_it_goes', { id });

  heading('Which machines on the network are in no cloud account?');
  await call('on_the_network_in_no_account');

  heading('What costs most?');
  await call('what_it_costs_by_service_and_region');

  heading('Which ports are open on most hosts?');
  await call('describe_schema', { word: 'hostGroups' });
  await call('run_query', { query: '{ hostGroups(by: [OPEN_PORT], first: 3) { groups { keys { value } count } } }' });

  await expect(text()).toMatchFileSnapshot('../../../docs/mcp-transcript.md');
});
