import type { ConfigInput, GatewayConfig } from '#config/config.ts';
import { defineConfig } from '#config/validate-config.ts';
import { createGateway, type Gateway, type GatewayDeps } from '#server/create-gateway.ts';
import { type ScanOrbitDemo, type ScanOrbitDemoOptions, startScanOrbitDemo } from '../src/demo/scanorbit/server.ts';
import { createCloudWorld } from '../src/demo/world/cloud.ts';

interface Named {
  /** Name of the source in the gateway. @default the kind, numbered from the second on */
  readonly name?: string;
}

export interface HarnessOptions {
  /** One demo ScanOrbit server each, in source order. */
  readonly scanorbit?: readonly (Partial<ScanOrbitDemoOptions> & Named)[];
  /** Merged over the harness's own: port 0, no index, silent logs, no budget in the way. */
  readonly config?: Omit<ConfigInput, 'sources'>;
  readonly deps?: GatewayDeps;
}

export interface Answer<Data> {
  readonly status: number;
  readonly data: Data;
  readonly errors:
    | readonly { message: string; path?: (string | number)[]; extensions: Record<string, unknown> }[]
    | undefined;
  readonly extensions: { readonly cost: { readonly requests: Record<string, number>; readonly cacheHits: number } };
}

export interface Harness {
  readonly url: string;
  readonly gateway: Gateway;
  readonly config: GatewayConfig;
  readonly scanorbit: readonly ScanOrbitDemo[];
  /** Sends one operation over HTTP. `data` is typed by the caller. */
  query<Data = Record<string, never>>(
    document: string,
    variables?: Record<string, unknown>,
    headers?: Record<string, string>,
  ): Promise<Answer<Data>>;
  close(): Promise<void>;
}

type SourceInput = NonNullable<ConfigInput['sources']>[number];

const named = (kind: string, { name }: Named, index: number): string =>
  name ?? (index === 0 ? kind : `${kind}-${index + 1}`);

/** Demo upstreams and a gateway over them, all on free ports. */
export const startHarness = async ({
  scanorbit = [],
  config = {},
  deps = {},
}: HarnessOptions = {}): Promise<Harness> => {
  const clouds = await Promise.all(
    scanorbit.map(({ name: _, ...options }, i) =>
      startScanOrbitDemo({
        world: createCloudWorld({ seed: i + 1 }),
        edition: 'observed',
        rateLimit: false,
        ...options,
      }),
    ),
  );
  const unlimited = { ratePerSecond: 10_000, burst: 10_000, reserve: 0 };
  const sources = clouds.map(
    ({ url, apiKey }, i): SourceInput => ({
      name: named('scanorbit', scanorbit[i] ?? {}, i),
      kind: 'scanorbit',
      url,
      apiKey,
      budget: unlimited,
    }),
  );
  const full = defineConfig({
    ...config,
    sources,
    server: { port: 0, ...config.server },
    index: { enabled: false, ...config.index },
    log: { level: 'silent', ...config.log },
  });
  const gateway = await createGateway(full, deps);
  return {
    url: gateway.url,
    gateway,
    config: full,
    scanorbit: clouds,
    query: (document, variables, headers) => post(gateway.url, { query: document, variables }, headers),
    close: async () => {
      await gateway.close();
      await Promise.all(clouds.map((cloud) => cloud.close()));
    },
  };
};

const post = async <Data>(url: string, body: object, headers: Record<string, string> = {}): Promise<Answer<Data>> => {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  const answer = (await response.json()) as Omit<Answer<Data>, 'status'>;
  return { ...answer, status: response.status };
};
