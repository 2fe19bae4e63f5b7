import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { startHarness } from '../../test/support/harness.ts';
import { createCompany } from '../company.ts';
import { type CountedOperation, countedOperations } from './operations.ts';
import { dataLoaderRest, naiveRest, type Rest } from './rest.ts';

const { values } = parseArgs({
  options: { out: { type: 'string', default: new URL('../results/calls.md', import.meta.url).pathname } },
});
const world = createCompany(Date.now());

/** Rows an instant, in the column of ties. */
const TIES = 7;

interface Counts {
  readonly naive: number;
  readonly dataLoader: number;
  readonly cold: number;
  readonly warm: number;
}

/** Every way against servers of its own that nobody has asked before; the servers count. */
const countCalls = async (operation: CountedOperation, more: { readonly ties?: number } = {}): Promise<Counts> => {
  const harness = await startHarness({
    world: () => world,
    scanorbit: [{ movingScans: false, ...more }],
    scanopy: [more],
  });
  const [scanorbit] = harness.scanorbit;
  const [scanopy] = harness.scanopy;
  if (!scanorbit || !scanopy) throw new Error('The demo servers did not start.');
  const everybody = async (ask: () => Promise<unknown>): Promise<number> => {
    harness.resetUpstreamCalls();
    await Promise.all(Array.from({ length: operation.people ?? 1 }, ask));
    return harness.upstreamCalls();
  };
  const baseline = (rest: () => Rest) => everybody(() => operation.resolve(rest()));
  const gateway = () =>
    everybody(async () => {
      const { errors } = await harness.query(operation.query, { ...operation.variables });
      if (errors) throw new Error(`${operation.name}: ${errors[0]?.message}`);
    });
  try {
    return {
      naive: await baseline(() => naiveRest(scanorbit, scanopy)),
      dataLoader: await baseline(() => dataLoaderRest(scanorbit, scanopy)),
      cold: await gateway(),
      warm: await gateway(),
    };
  } finally {
    await harness.close();
  }
};

const rows: string[] = [];
const total = { naive: 0, dataLoader: 0, cold: 0, warm: 0, tied: 0 };
for (const operation of countedOperations(world)) {
  const { cold: tied } = await countCalls(operation, { ties: TIES });
  const counts = { ...(await countCalls(operation)), tied };
  for (const way of ['naive', 'dataLoader', 'cold', 'warm', 'tied'] as const) total[way] += counts[way];
  rows.push(
    `| ${operation.name} | ${counts.naive} | ${counts.dataLoader} | **${counts.cold}** | **${counts.warm}** | ${tied} |`,
  );
  console.log(rows.at(-1));
}

const report = `# Upstream calls

\`npm run bench:calls\`: upstream requests of each operation, counted by the demo upstreams themselves, in a world of 1,200 resources,
310 findings and 400 hosts. *Naive*: every field of every parent fetches what it shows. *DataLoader*: the same behind one DataLoader
per request, so equal calls are one and ids are batched where the upstream takes batches. *Cold*: this gateway, never asked before,
without its index. *Warm*: the same operation again, within freshness. *Ties*: cold, where both servers hold ${TIES} rows an instant and
sort them anew for every page size: what it takes more than *cold* looks for the rows that page boundaries have lost.

| operation | naive | DataLoader | cold | warm | ties |
|---|---|---|---|---|---|
${rows.join('\n')}
| all of them | ${total.naive} | ${total.dataLoader} | **${total.cold}** | **${total.warm}** | ${total.tied} |
`;
await writeFile(values.out, report);
