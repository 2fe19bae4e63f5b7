import { createHash, randomBytes } from 'node:crypto';
import type { GatewayConfig } from '#config/config.ts';
import { ConfigError } from '#config/config-error.ts';
import { createGateway } from '#server/create-gateway.ts';
import { loadConfig } from '#sources/kinds.ts';
import { environmentWith } from './process.ts';

export interface OwnGateway {
  readonly url: string;
  /** The one key it knows. */
  readonly key: string;
  readonly config: GatewayConfig;
  close(): Promise<void>;
}

/**
 * A gateway over the configured sources, on a free port of this machine, for whoever has the key that is made here.
 * @param names of the sources that it reads; null: all
 */
export const startOwnGateway = async (
  file: string | undefined,
  names: readonly string[] | null = null,
): Promise<OwnGateway> => {
  const given = loadConfig(environmentWith({ INVENTORY_CONFIG: file }));
  const sources = given.sources.filter(({ name }) => names?.includes(name) ?? true);
  const config = { ...given, sources };
  refuseWithoutKeys(config);
  const key = randomBytes(32).toString('hex');
  const gateway = await createGateway(forOne(config, key));
  return { url: gateway.url, key, config, close: gateway.close };
};

const refuseWithoutKeys = ({ sources }: GatewayConfig): void => {
  const message = 'expected a key, got nothing: only callers of a gateway that runs (--url) can bring their own';
  const problems = sources.flatMap(({ apiKey }, i) => (apiKey ? [] : [{ path: `sources[${i}].apiKey`, message }]));
  if (problems.length > 0) throw new ConfigError(problems);
};

/** The sources, limits and budgets as they are set; nothing of what is for other callers. */
const forOne = (config: GatewayConfig, key: string): GatewayConfig => {
  const { port: _, ...operator } = config.server.operator;
  const sha256 = createHash('sha256').update(key).digest('hex');
  return {
    ...config,
    server: {
      ...config.server,
      host: '127.0.0.1',
      port: 0,
      explorer: false,
      graphiql: false,
      operator,
      shutdownGraceMs: 0,
    },
    auth: { ...config.auth, mode: 'api-key', tenants: {}, keys: [{ name: 'terminal', sha256 }] },
    persisted: { ...config.persisted, manifest: null, trustedOnly: false },
    // Told and written by the gateway that runs, if there is one.
    watches: [],
    history: { ...config.history, enabled: false },
    federation: { ...config.federation, enabled: false },
    mcp: { ...config.mcp, enabled: false },
    log: { level: 'error' },
  };
};
