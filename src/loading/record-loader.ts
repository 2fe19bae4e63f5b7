import DataLoader from 'dataloader';
import { toError } from '#lib/gateway-error.ts';
import { type RowRef, refKey } from '#lib/record-ref.ts';
import type { SourceSide } from '#lib/source-side.ts';
import { traced } from '#lib/trace.ts';
import type { SourceOf } from '#sources/source-set.ts';
import type { RequestContext } from './context.ts';
import { perRequest } from './per-request.ts';

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
