import DataLoader from 'dataloader';
import { toError } from '#lib/gateway-error.ts';
import { type RowRef, refKey } from '#lib/record-ref.ts';
import { traced } from '#lib/trace.ts';
import type { Source, SourceKind } from '#sources/source-set.ts';
import type { RequestContext } from './context.ts';
import { perRequest } from './per-request.ts';

type SourceOf<K extends SourceKind> = Extract<Source, { readonly kind: K }>;

/** Answers for the ids of one source, keyed by id. An absent id is a missing record; an Error fails that id alone. */
export type BatchOfSource<K extends SourceKind, V> = (
  source: SourceOf<K>,
  ids: readonly string[],
  context: RequestContext,
) => Promise<ReadonlyMap<string, V | Error>>;

/**
 * A per-request loader of records by key, batched by source. Missing records, and sources the viewer does not have, are
 * `missing()`. A source that fails, fails its own keys only.
 */
export const recordLoader = <K extends SourceKind, V>(
  name: string,
  kind: K,
  batch: BatchOfSource<K, V>,
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
              if (source?.kind !== kind) return;
              const ids = [...new Set(of.map((key) => key.id))];
              answers.set(
                sourceName,
                await traced(`load ${name}`, { source: sourceName, keys: ids.length }, () =>
                  batch(source as SourceOf<K>, ids, context),
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
