import { expect, test } from 'vitest';
import { DEMO_SECRETS } from '#demo/scanopy/demo-secrets.ts';
import { startHarness } from '../../support/harness.ts';
import { server, VERSIONS } from './fixtures.ts';

const EVERYTHING = `{
  networks { nodes { id sourceId name tags { name description } } } networkTags { id name description color }
  hosts(first: 1000) { nodes { id name displayName hostname description manufacturer model serialNumber
    virtualization { type name } addresses { address name macAddress } interfaces { name description alias } ports { type } services { name definition } } }
  subnets(first: 1000) { nodes { name description } } daemons { name mode version host { name } }
  serviceDependencies { name description members { name } } vlans { name description }
  discoveries(first: 1000) { nodes { name type cronSchedule session { phase error } } } activeDiscoveries { phase error }
  sources { name health serverVersion lastError }
}`;

test.each(VERSIONS)('nothing secret that %s sends leaves the gateway: answers, errors, metrics', async (version) => {
  const harness = await startHarness({ scanopy: [server(version)] });
  const key = harness.scanopy[0]?.apiKey ?? '';
  const texts = [JSON.stringify(await harness.query(EVERYTHING))];
  expect(texts[0]?.length).toBeGreaterThan(10_000);
  harness.scanopy[0]?.faults.add({ kind: 'status-500' });
  texts.push(JSON.stringify(await harness.query(EVERYTHING, {}, { 'cache-control': 'no-cache' })));
  texts.push(JSON.stringify(await harness.query('{ services { totalCount } sources { health lastError } }')));
  texts.push(await (await fetch(new URL('/metrics', harness.url))).text());
  for (const secret of [...DEMO_SECRETS, key]) expect(texts.filter((text) => text.includes(secret))).toEqual([]);
  await harness.close();
});
