import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createGateway } from '#server/create-gateway.ts';
import { defineConfig } from '#sources/kinds.ts';

/** The gateway in a process of its own. Says where it is, then answers every message with how it is. */
const stalls = monitorEventLoopDelay({ resolution: 10 });
stalls.enable();
let unhandledRejections = 0;
process.on('unhandledRejection', (reason) => {
  unhandledRejections += 1;
  console.error('unhandled rejection:', reason);
});
const gateway = await createGateway(defineConfig(JSON.parse(process.argv[2] ?? '{}')));

process.on('message', () => {
  const { rss, heapUsed } = process.memoryUsage();
  process.send?.({ rssBytes: rss, heapBytes: heapUsed, longestStallMs: stalls.max / 1e6, unhandledRejections });
});
process.on('disconnect', () => void gateway.close().then(() => process.exit(0)));
process.send?.({ url: gateway.url });
