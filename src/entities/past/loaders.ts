import type { ReadingPart } from '#history/history-store.ts';
import { READING_LISTS } from '#history/rows-of-snapshot.ts';
import { InputError } from '#lib/gateway-error.ts';
import { getOrMake } from '#lib/get-or-make.ts';
import { encodeGlobalId } from '#lib/record-ref.ts';
import type { SlicedList } from '#lib/sliced-list.ts';
import { perRequest, type RequestContext } from '#loading/context.ts';
import { narrowSources } from '#loading/several-sources.ts';
import type { PastMoment, ReadingOfMoment, SourceSet } from '#sources/source-set.ts';
import { Ledger } from '#sources/transport/scope.ts';
import type { PastReadingModel, ReadingPartModel } from './model.ts';

/** The readings that a moment follows from. */
export const readingsOf = ({ moment }: { readonly moment: PastMoment }): PastReadingModel[] =>
  moment.readings.map((reading) => readingModel(moment.sources, reading));

interface WantedReadings {
  readonly source?: string | null | undefined;
  readonly since?: string | null | undefined;
  readonly until?: string | null | undefined;
}

/** When sources were read, and how much of them, newest first. @throws InputError for an unknown source */
export const everyReading = (
  context: RequestContext,
  { source, since, until }: WantedReadings,
): SlicedList<PastReadingModel> => {
  narrowSources(context, context.sources.all, source);
  const query = {
    ...(source && { source }),
    ...(since && { since: instantOf(since) }),
    ...(until && { until: instantOf(until) }),
  };
  return {
    count: async () => context.sources.keptHistory.countReadings(query),
    slice: async (offset, limit) =>
      (await context.sources.keptHistory.readings(query, limit, offset)).map((reading) =>
        readingModel(context.sources, {
          ...reading,
          parts: reading.parts.map((part) => ({ ...part, readAt: reading.at })),
        }),
      ),
  };
};

const timeOf = (ms: number): string => new Date(ms).toISOString();

const readingModel = (
  sources: SourceSet,
  { source, at, endedAt, isComplete, parts }: ReadingOfMoment,
): PastReadingModel => ({
  ...{ source, time: timeOf(at), endedAt: timeOf(endedAt), isComplete },
  parts: parts.map((part) => partModel(sources, source, part)),
});

const partModel = (sources: SourceSet, source: string, { name, readAt, isWhole }: ReadingPart): ReadingPartModel => {
  const list = READING_LISTS.get(name);
  const owner = OWNERS[sources.byName(source)?.side ?? 'CLOUD'];
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

/** What was so then costs nothing, and stays so: only what is said of now, such as the health of a source, may change at any moment. */
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
  const at = instantOf(time);
  if (at <= clock.now()) return at;
  scope.ledger.countLive();
  throw new InputError(`Expected a time that has passed, got ${time}.`);
};

const instantOf = (time: string): number => {
  const at = Date.parse(time);
  if (Number.isNaN(at)) throw new InputError(`Expected a time, got ${JSON.stringify(time)}.`);
  return at;
};
