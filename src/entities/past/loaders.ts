import type { ReadingPart } from '#history/history-store.ts';
import { READING_LISTS } from '#history/rows-of-snapshot.ts';
import { InputError } from '#lib/gateway-error.ts';
import { getOrMake } from '#lib/get-or-make.ts';
import { encodeGlobalId } from '#lib/record-ref.ts';
import { perRequest, type RequestContext } from '#loading/context.ts';
import type { PastMoment } from '#sources/source-set.ts';
import { Ledger } from '#sources/transport/scope.ts';
import type { PastReadingModel, ReadingPartModel } from './model.ts';

/** The readings that a moment follows from. */
export const readingsOf = ({ moment }: { readonly moment: PastMoment }): PastReadingModel[] =>
  moment.readings.map(({ source, at, endedAt, isComplete, parts }) => ({
    source,
    time: timeOf(at),
    endedAt: timeOf(endedAt),
    isComplete,
    parts: parts.map((part) => partModel(moment, source, part)),
  }));

const timeOf = (ms: number): string => new Date(ms).toISOString();

const partModel = (
  { sources }: PastMoment,
  source: string,
  { name, readAt, isWhole }: ReadingPart,
): ReadingPartModel => {
  const list = READING_LISTS.get(name);
  const owner = sources.byName(source)?.side === 'CLOUD' ? OWNERS.CLOUD : OWNERS.NETWORK;
  return {
    kind: list ?? owner.kind,
    id: list ? null : encodeGlobalId({ type: owner.type, source, id: name }),
    readAt: timeOf(readAt),
    isWhole,
  };
};

const OWNERS = {
  CLOUD: { kind: 'ACCOUNT', type: 'CloudAccount' },
  NETWORK: { kind: 'NETWORK', type: 'Network' },
} as const;

/** What was so then costs nothing, and stays so: only what is told of now, such as the health of a source, may change at any moment. */
class PastLedger extends Ledger {
  readonly #now: Ledger;

  constructor(now: Ledger) {
    super();
    this.#now = now;
  }

  override countLive(): void {
    this.#now.countLive();
  }

  override countStale(): void {}
}

const contexts = perRequest(() => new Map<PastMoment, RequestContext>());

/** The context of questions about a moment; one for all fields of a request that mean the same readings. */
const contextOf = (now: RequestContext, moment: PastMoment): RequestContext =>
  getOrMake(contexts(now), moment, () => ({
    ...now,
    sources: moment.sources,
    scope: { ...now.scope, bypassCache: false, maxStaleMs: 0, ledger: new PastLedger(now.scope.ledger) },
    clock: { now: () => moment.readAt, after: (ms, task) => now.clock.after(ms, task) },
  }));

/**
 * What the sources of the viewer held at `time`, as they were last read before it; null: as they were last read.
 * @throws InputError unless it has passed. @throws GatewayError HISTORY_UNAVAILABLE where nothing is known of it
 */
export const inventoryAsOf = async (context: RequestContext, time: string | null) => {
  const at = time === null ? context.clock.now() : passed(context, time);
  const { moment, isFinal } = await context.sources.at(at);
  // A reading of an earlier time may still be added.
  if (!isFinal) context.scope.ledger.countLive();
  return { time: time ?? timeOf(at), moment, context: contextOf(context, moment) };
};

const passed = ({ clock, scope }: RequestContext, time: string): number => {
  const at = Date.parse(time);
  if (Number.isNaN(at)) throw new InputError(`Expected a time, got ${JSON.stringify(time)}.`);
  if (at <= clock.now()) return at;
  scope.ledger.countLive();
  throw new InputError(`Expected a time that has passed, got ${time}.`);
};
