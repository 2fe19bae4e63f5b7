import { startScanopyDemo } from '#demo/scanopy/server.ts';
import { startScanOrbitDemo } from '#demo/scanorbit/server.ts';
import { createCompany, SIZES } from '../company.ts';

/**
 * Both demo upstreams in a process of their own, at the limits of the real ones, so that what they count and how they are loaded
 * is no business of the gateway's process. Says where they are, then answers every message with what was counted since the last.
 */
const [, , now = '0', latencyMs = '20', limited = 'true', sizes = JSON.stringify(SIZES)] = process.argv;
const world = createCompany(Number(now), JSON.parse(sizes));
const latency = { latencyMs: Number(latencyMs), ...(limited === 'true' ? {} : { rateLimit: false as const }) };
const scanorbit = await startScanOrbitDemo({ world: world.cloud, edition: 'observed', movingScans: false, ...latency });
const scanopy = await startScanopyDemo({
  world: world.network,
  version: '0.16.0',
  apiKey: `scp_u_${'0'.repeat(32)}`,
  ...latency,
});

const countOf = ({ calls }: typeof scanorbit | typeof scanopy) => ({
  calls: calls.length,
  refused: calls.filter(({ status }) => status === 429).length,
});

process.on('message', () => {
  process.send?.({ scanorbit: countOf(scanorbit), scanopy: countOf(scanopy) });
  scanorbit.resetCalls();
  scanopy.resetCalls();
});
process.on('disconnect', () => process.exit(0));
process.send?.({
  scanorbit: { url: scanorbit.url, apiKey: scanorbit.apiKey },
  scanopy: { url: scanopy.url, apiKey: scanopy.apiKey },
});
