import type { Command } from 'commander';
import { Option } from 'commander';
import type { ExecutionResult } from 'graphql';
import type { GatewayConfig } from '#config/config.ts';
import { persistedQuery } from '#lib/persisted-query.ts';
import type { Ask } from '#mcp/create-tools.ts';

export interface ConnectionOptions {
  readonly url?: string;
  readonly key?: string;
  readonly header: readonly string[];
  readonly config?: string;
}

/** A gateway that can be asked: one that runs elsewhere, or one of this process. */
export interface Connection {
  readonly ask: Ask;
  /** What was set for it, when it began with this process. */
  readonly config: GatewayConfig | null;
  close(): Promise<void>;
}

/** Adds the options that say which gateway is asked. */
export const withConnection = (command: Command): Command =>
  command
    .addOption(new Option('--url <url>', 'a gateway that runs, such as http://127.0.0.1:4000').env('INVENTORY_URL'))
    .addOption(new Option('--key <key>', 'your key or token there').env('INVENTORY_KEY'))
    .option('--header <header>', 'another header for it, such as "X-Source-Key-emea: …"; may be repeated', gathered, [])
    .option('-c, --config <file>', 'without --url: YAML file of a gateway for this command alone (INVENTORY_CONFIG)');

export const gathered = (value: string, earlier: readonly string[]): readonly string[] => [...earlier, value];

/** @param names of the sources that a gateway of this process reads; null: all */
export const connect = async (
  { url, key, header, config }: ConnectionOptions,
  names: readonly string[] | null = null,
): Promise<Connection> => {
  if (url) {
    const headers = { ...headersOf(header), ...(key && { authorization: `Bearer ${key}` }) };
    return { ask: askOver(endpointAt(url), headers), config: null, close: async () => {} };
  }
  const { startOwnGateway } = await import('./own-gateway.ts');
  const own = await startOwnGateway(config, names);
  return { ask: askOver(own.url, { 'x-api-key': own.key }), config: own.config, close: own.close };
};

const endpointAt = (url: string): string => {
  if (!/^https?:\/\//.test(url) || !URL.canParse(url))
    throw new UsageError(`Expected --url such as http://127.0.0.1:4000, got ${JSON.stringify(url)}.`);
  return new URL('/graphql', url).href;
};

const headersOf = (lines: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    lines.map((line) => {
      const [, name, value] = /^([\w-]+):\s*(.+)$/.exec(line) ?? [];
      if (!name || !value)
        throw new UsageError(`Expected a header such as "X-Name: value", got ${JSON.stringify(line)}.`);
      return [name, value];
    }),
  );

/** What was given on the command line cannot be used. */
export class UsageError extends Error {}

const askOver = (url: string, headers: Readonly<Record<string, string>>): Ask => {
  const send = sendTo(url, headers);
  return async ({ query, hash, variables }, signal) => {
    if (hash) {
      // What the gateway knows by a hash may run where nothing else may.
      const answer = await send({ extensions: persistedQuery(hash), variables }, signal);
      if (!isUnknownHash(answer)) return answer;
    }
    return send({ query, variables }, signal);
  };
};

const isUnknownHash = ({ errors = [] }: ExecutionResult): boolean =>
  errors.some(({ extensions }) => /^PERSISTED_QUERY_NOT_/.test(String(extensions?.code)));

const sendTo =
  (url: string, headers: Readonly<Record<string, string>>) =>
  async (body: object, signal: AbortSignal | undefined): Promise<ExecutionResult> => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json', ...headers },
      body: JSON.stringify(body),
      signal: signal ?? null,
    }).catch((error: Error) => {
      throw new UsageError(
        `Expected a gateway at ${url}, got none: ${(error.cause as Error | undefined)?.message ?? error.message}`,
      );
    });
    const text = await response.text();
    try {
      return JSON.parse(text) as ExecutionResult;
    } catch {
      throw new UsageError(`Expected an answer of a gateway from ${url}, got HTTP ${response.status} without JSON.`);
    }
  };
