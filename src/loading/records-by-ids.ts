import type DataLoader from 'dataloader';
import { toError } from '#lib/gateway-error.ts';
import type { RowRef } from '#lib/record-ref.ts';
import type { SourceSide } from '#lib/source-side.ts';
import type { SideTypes } from '#sources/source-kind.ts';
import type { RequestContext } from './context.ts';
import { recordLoader } from './record-loader.ts';

type ByIds<S extends SourceSide, T> = (
  client: SideTypes[S]['client'],
  ids: readonly string[],
  scope: RequestContext['scope'],
) => Promise<readonly T[]>;

/** By id, in batches; null when unknown or hidden from the key. A call that fails, fails its own ids only. */
export const recordsByIds = <S extends SourceSide, T extends { readonly id: string }>(
  side: S,
  name: string,
  read: ByIds<S, T>,
): ((context: RequestContext) => DataLoader<RowRef, T | null, string>) =>
  recordLoader<S, T | null>(
    name,
    side,
    async ({ client, kind }, ids, { scope }) => {
      const { batchSize } = kind.limits;
      const found = new Map<string, T | Error>();
      const chunks = Array.from({ length: Math.ceil(ids.length / batchSize) }, (_, i) =>
        ids.slice(i * batchSize, (i + 1) * batchSize),
      );
      await Promise.all(
        chunks.map(async (chunk) => {
          try {
            for (const row of await read(client, chunk, scope)) found.set(row.id, row);
          } catch (error) {
            for (const id of chunk) found.set(id, toError(error));
          }
        }),
      );
      return found;
    },
    () => null,
  );
