import DataLoader from 'dataloader';
import { toError } from '#lib/gateway-error.ts';
import { type RowRef, refKey } from '#lib/record-ref.ts';
import type { SourceSide } from '#lib/source-side.ts';
import { traced } from '#lib/trace.ts';
import type { SideTypes } from '#sources/source-kind.ts';
import type { SourceOf } from '#sources/source-set.ts';
import { perRequest, type RequestContext } from './context.ts';
import type { SeenRecords } from './seen-records.ts';

/** Answers for the ids of one source, keyed by id. An absent id is a missing record; an Error fails that id alone. */
export type BatchOfSource<S extends SourceSide, V> = (
  source: SourceOf<S>,
  ids: readonly string[],
  context: RequestContext,
) => Promise<ReadonlyMap<string, V | Error>>;

/**
 * A per-request loader of records by key, batched by source. Missing records, and sources the viewer does not have, are
 * `missing()`. A source that fails, fails its own keys only.
 */
export const recordLoader = <S extends SourceSide, V>(
  name: string,
  side: S,
  batch: BatchOfSource<S, V>,
  missing: () => V,
): ((context: RequestContext) => DataLoader<RowRef, V, string>) =>
  perRequest(
    (context) =>
      new DataLoader<RowRef, V, string>(
        async (keys) => {
          const bySource = Map.groupBy(keys, (key) => key.source);
          const answers = new Map<string, ReadonlyMap<string, V | Error> | Error>();
          await Promise.all(
            [...bySource].map(async ([sourceName, of]) => {
              const source = context.sources.byName(sourceName);
              if (source?.side !== side) return;
              const ids = [...new Set(of.map((key) => key.id))];
              answers.set(
                sourceName,
                await traced(`load ${name}`, { source: sourceName, keys: ids.length }, () =>
                  batch(context.sources.ofSide(side, sourceName), ids, context),
                ).catch(toError),
              );
            }),
          );
          return keys.map((key) => {
            const answer = answers.get(key.source);
            return answer instanceof Error ? answer : (answer?.get(key.id) ?? missing());
          });
        },
        { name, cacheKeyFn: ({ source, id }) => refKey({ type: name, source, id }) },
      ),
  );

type ByIds<S extends SourceSide, T> = (
  client: SideTypes[S]['client'],
  ids: readonly string[],
  scope: RequestContext['scope'],
) => Promise<readonly T[]>;

/**
 * By id, in batches; null when unknown or hidden from the key. A call that fails, fails its own ids only.
 * @param seen what lists have brought, which is not asked for again
 */
export const recordsByIds = <S extends SourceSide, T extends RowRef>(
  side: S,
  name: string,
  read: ByIds<S, T>,
  seen: (context: RequestContext) => SeenRecords<T>,
): ((context: RequestContext) => DataLoader<RowRef, T | null, string>) =>
  recordLoader<S, T | null>(
    name,
    side,
    async ({ name: source, client, kind }, wanted, context) => {
      const { batchSize } = kind.limits;
      const found = new Map<string, T | Error>();
      const known = seen(context);
      const ids = wanted.filter((id) => {
        const row = known.find(source, id);
        if (row) found.set(id, row);
        return !row;
      });
      const chunks = Array.from({ length: Math.ceil(ids.length / batchSize) }, (_, i) =>
        ids.slice(i * batchSize, (i + 1) * batchSize),
      );
      await Promise.all(
        chunks.map(async (chunk) => {
          try {
            for (const row of await read(client, chunk, context.scope)) found.set(row.id, row);
          } catch (error) {
            for (const id of chunk) found.set(id, toError(error));
          }
        }),
      );
      return found;
    },
    () => null,
  );
