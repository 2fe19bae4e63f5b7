import { setTimeout as sleep } from 'node:timers/promises';
import { createRandom } from '#demo/random.ts';
import { ask, type BenchAnswer } from '../ask.ts';
import { createCompany, idOf } from '../company.ts';
import { startGateway, startUpstreams } from '../servers/start.ts';

export interface BulkResult {
  readonly bulk: BenchAnswer;
  readonly bulkCalls: number;
  readonly interactive: readonly BenchAnswer[];
  readonly refused: number;
}

const BULK =
  'query ($first: Int) { resources(first: $first) { nodes { dependencies { edges { kind target { identifier } } } } } }';
const INTERACTIVE = 'query ($id: ID!) { finding(id: $id) { summary } }';
/** At most so many seconds for all. */
const MAX_WAIT_SECONDS = 580;

/** One query of about `calls` upstream calls, and beside it, until it is done, a person who asks one thing that costs one call. */
export const runBulk = async (calls: number, everySeconds: number): Promise<BulkResult> => {
  const now = Date.now();
  const { cloud } = createCompany(now);
  const upstreams = await startUpstreams(now);
  const gateway = await startGateway(upstreams.hello, {
    limits: { cost: { scanorbit: 2 * calls }, operationTimeoutMs: MAX_WAIT_SECONDS * 1000 },
  });
  const { url } = gateway.hello;
  let isDone = false;
  const bulk = ask(url, BULK, { first: calls - 2 }).finally(() => {
    isDone = true;
  });
  const random = createRandom('somebody');
  const findings = cloud.findings.toSorted(() => random.next() - 0.5);
  const interactive: BenchAnswer[] = [];
  for (const finding of findings) {
    await sleep(everySeconds * 1000);
    if (isDone) break;
    interactive.push(await ask(url, INTERACTIVE, { id: idOf('Finding', finding) }));
  }
  const answered = await bulk;
  const { scanorbit } = await upstreams.ask();
  await gateway.stop();
  await upstreams.stop();
  return { bulk: answered, bulkCalls: scanorbit.calls - interactive.length, interactive, refused: scanorbit.refused };
};
