import { createServer, type ViteDevServer } from 'vite';
import { type DemoUpstreamOptions, startDemoUpstreams } from '#demo/main.ts';
import { untilSignal } from '../../src/cli/process.ts';
import { createGateway, type Gateway } from '../../src/server/create-gateway.ts';
import { defineConfig } from '../../src/sources/kinds.ts';

export interface FrontendDemo {
  /** Of the page. */
  readonly url: string;
  readonly gateway: Gateway;
  close(): Promise<void>;
}

export interface FrontendDemoOptions extends DemoUpstreamOptions {
  /** Of the page; 0: any free port. The gateway takes any. */
  readonly port: number;
}

/** The example page, a gateway and both demo upstreams. */
export const startFrontendDemo = async ({ port, ...options }: FrontendDemoOptions): Promise<FrontendDemo> => {
  const upstreams = await startDemoUpstreams(options);
  const gateway = await createGateway(
    defineConfig({ sources: [...upstreams.sources], server: { port: 0 }, log: { level: 'warn' } }),
  );
  const { origin } = new URL(gateway.url);
  const page: ViteDevServer = await createServer({
    configFile: `${import.meta.dirname}/vite.config.ts`,
    logLevel: 'warn',
    server: { port, strictPort: port !== 0, proxy: { '/graphql': { target: origin, ws: true } } },
  });
  await page.listen();
  return {
    url: page.resolvedUrls?.local[0] ?? '',
    gateway,
    close: async () => {
      await page.close();
      await gateway.close();
      await upstreams.close();
    },
  };
};

if (import.meta.main) {
  const demo = await startFrontendDemo({
    port: 5173,
    edition: 'observed',
    scanopyVersion: '0.16.0',
    rateLimit: true,
    seed: 1,
    latency: 0,
  });
  console.log(
    `\nThe example frontend is on ${demo.url}\nIts gateway is on ${demo.gateway.url}\nCtrl-C stops everything.\n`,
  );
  await untilSignal(() => demo.close());
}
