import { setTimeout as delay } from 'node:timers/promises';
import type { FaultKind, Faults } from '#demo/faults.ts';
import { createRandom } from '#demo/random.ts';
import type { ScanOrbitDemo } from '#demo/scanorbit/server.ts';

const KINDS: readonly FaultKind[] = [
  ...(['status-500', 'pool-exhausted', 'status-503', 'status-429', 'unauthorized', 'timeout-before-headers'] as const),
  ...(['stalled-body', 'slow-drip', 'reset', 'truncated-json', 'html-200', 'wrong-shape', 'empty-body'] as const),
  ...(['huge-body', 'invalid-rows'] as const),
];

const SCAN_MS = 40_000;

/**
 * Spoils now one upstream, now the other, for a moment or a few requests, until aborted: each of them once in every way, in some order,
 * and then in another. @returns how often, by kind.
 */
export const makeTrouble = async (
  upstreams: readonly { readonly faults: Faults }[],
  signal: AbortSignal,
): Promise<ReadonlyMap<FaultKind, number>> => {
  const random = createRandom('trouble');
  const made = new Map<FaultKind, number>();
  const every = upstreams.flatMap(({ faults }) => KINDS.map((kind) => ({ faults, kind })));
  let left: typeof every = [];
  while (!signal.aborted) {
    if (left.length === 0) left = [...every];
    const [{ faults, kind } = random.pick(every)] = left.splice(random.int(0, left.length - 1), 1);
    made.set(kind, (made.get(kind) ?? 0) + 1);
    faults.add({
      kind,
      delayMs: 100,
      ...(kind === 'huge-body' || random.chance(0.5) ? { times: random.int(1, 3) } : {}),
    });
    await delay(random.int(300, 2_000), undefined, { signal }).catch(() => {});
    faults.clear();
    await delay(random.int(300, 2_000), undefined, { signal }).catch(() => {});
  }
  return made;
};

/** A scan of one account after the other ends, so that the index reads that account anew beside all else, until aborted. */
export const endScans = async (
  { completeScan }: Pick<ScanOrbitDemo, 'completeScan'>,
  accounts: readonly { readonly id: string }[],
  signal: AbortSignal,
): Promise<void> => {
  for (let i = 0; !signal.aborted; i += 1) {
    await delay(SCAN_MS, undefined, { signal }).catch(() => {});
    const account = accounts[i % accounts.length];
    if (account && !signal.aborted) completeScan(account.id);
  }
};
