import type { ConfigInput, GatewayConfig } from '#config/config.ts';
import { type ScanopyDemo, type ScanopyDemoOptions, startScanopyDemo } from '#demo/scanopy/server.ts';
import { type ScanOrbitDemo, type ScanOrbitDemoOptions, startScanOrbitDemo } from '#demo/scanorbit/server.ts';
import type { World } from '#demo/world/types.ts';
import { createWorld } from '#demo/world/world.ts';
import { createGateway, type Gateway, type GatewayDeps } from '#server/create-gateway.ts';
import { defineConfig } from '#sources/kinds.ts';

interface Named {
  /** Name of the source in the gateway. @default the kind, numbered from the second on */
  readonly name?: string;
  /** Over the harness's practically unlimited budget. */
  readonly budget?: SourceInput['budget'];
  readonly timeouts?: SourceInput['timeouts'];
}

export interface HarnessOptions {
  /** One demo server each, in source order: ScanOrbit first. The n-th of a kind shows the n-th company. */
  readonly scanorbit?: readonly (Partial<ScanOrbitDemoOptions> & Named)[];
  readonly scanopy?: readonly (Partial<ScanopyDemoOptions> & Named)[];
  /** Merged over the harness's own: port 0, no index, silent logs. */
  readonly config?: Omit<ConfigInput, 'sources'>;
  readonly deps?: GatewayDeps;
  /** The n-th company. @default createWorld({ seed: n }) */
  readonly world?: (index: number) => World;
}

export interface AnswerError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions: Readonly<Record<string, unknown>>;
}

export interface Answer<Data> {
  readonly status: number;
  readonly data: Data;
  readonly errors: readonly AnswerError[] | undefined;
  readonly extensions: {
    readonly cost: { readonly requests: Readonly<Record<string, number>>; readonly cacheHits: number };
  };
}

export interface Harness {
  /** Of the GraphQL endpoint. */
  readonly url: string;
  readonly gateway: Gateway;
  readonly config: GatewayConfig;
  readonly scanorbit: readonly ScanOrbitDemo[];
  readonly scanopy: readonly ScanopyDemo[];
  /** Sends one operation over HTTP. `Data` is the caller's word for what comes back. */
  query<Data = Record<string, never>>(
    document: string,
    variables?: Record<string, unknown>,
    headers?: Record<string, string>,
  ): Promise<Answer<Data>>;
  /** Calls that reached the upstreams, all together. */
  upstreamCalls(): number;
  resetUpstreamCalls(): void;
  close(): Promise<void>;
}

type SourceInput = NonNullable<ConfigInput['sources']>[number];

const UNLIMITED = { ratePerSecond: 10_000, burst: 10_000, reserve: 0 };
const DEMO_SCANOPY_KEY = `scp_u_${'0'.repeat(32)}`;

/** Demo upstreams and a gateway over them, all on free ports. */
export const startHarness = async (options: HarnessOptions = {}): Promise<Harness> => {
  const { scanorbit = [], scanopy = [], config = {}, deps = {} } = options;
  const worlds: World[] = [];
  const world = (i: number): World => (worlds[i] ??= options.world?.(i) ?? createWorld({ seed: i + 1 }));
  const clouds = await Promise.all(scanorbit.map((of, i) => startCloud(of, () => world(i).cloud)));
  const networks = await Promise.all(scanopy.map((of, i) => startNetwork(of, () => world(i).network)));
  const upstreams = [...clouds, ...networks];
  const full = defineConfig({
    ...config,
    sources: [
      ...clouds.map((cloud, i) => sourceInput('scanorbit', i, scanorbit[i] ?? {}, cloud)),
      ...networks.map((network, i) => sourceInput('scanopy', i, scanopy[i] ?? {}, network)),
    ],
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
    scanopy: networks,
    query: (document, variables, headers) => post(gateway.url, { query: document, variables }, headers),
    upstreamCalls: () => upstreams.reduce((sum, upstream) => sum + upstream.countOf(), 0),
    resetUpstreamCalls: () => {
      for (const upstream of upstreams) upstream.resetCalls();
    },
    close: async () => {
      await gateway.close();
      await Promise.all(upstreams.map((upstream) => upstream.close()));
    },
  };
};

type Without<T> = Omit<T, keyof Named>;

const withoutNamed = <T extends Named>({ name: _, budget: __, timeouts: ___, ...rest }: T): Without<T> => rest;

const startCloud = (options: NonNullable<HarnessOptions['scanorbit']>[number], world: () => World['cloud']) => {
  const given = withoutNamed(options);
  return startScanOrbitDemo({ edition: 'observed', rateLimit: false, ...given, world: given.world ?? world() });
};

const startNetwork = (options: NonNullable<HarnessOptions['scanopy']>[number], world: () => World['network']) => {
  const given = withoutNamed(options);
  return startScanopyDemo({
    version: '0.16.0',
    apiKey: DEMO_SCANOPY_KEY,
    rateLimit: false,
    ...given,
    world: given.world ?? world(),
  });
};

const sourceInput = (
  kind: SourceInput['kind'],
  index: number,
  { name, budget, timeouts }: Named,
  { url, apiKey }: { readonly url: string; readonly apiKey: string },
): SourceInput => ({
  name: name ?? (index === 0 ? kind : `${kind}-${index + 1}`),
  kind,
  url,
  apiKey,
  budget: budget ?? UNLIMITED,
  timeouts,
});

/** Sends one operation to a gateway that the harness did not start. */
export const post = async <Data>(
  url: string,
  body: object,
  headers: Record<string, string> = {},
): Promise<Answer<Data>> => {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  const answer = (await response.json()) as Omit<Answer<Data>, 'status'>;
  return { ...answer, status: response.status };
};
