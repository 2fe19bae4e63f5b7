import { createGateway } from '#server/create-gateway.ts';
import { defineConfig } from '#sources/kinds.ts';

/** The gateway in a process of its own. Says where it is, then answers every message with its heap in bytes, garbage collected. */
const gateway = await createGateway(defineConfig(JSON.parse(process.argv[2] ?? '{}')));

process.on('message', () => {
  globalThis.gc?.();
  process.send?.({ heapBytes: process.memoryUsage().heapUsed, rssBytes: process.memoryUsage().rss });
});
process.on('disconnect', () => process.exit(0));
process.send?.({ url: gateway.url });
