import type DataLoader from 'dataloader';
import { toError } from '#lib/gateway-error.ts';
import type { RowRef } from '#lib/record-ref.ts';
import type { NetworkClient } from '#sources/network-client.ts';
import { SCANOPY_BATCH_SIZE } from '#sources/scanopy/paging.ts';
import type { RequestContext } from './context.ts';
import { recordLoader } from './record-loader.ts';

type ByIds<T> = (
  client: NetworkClient,
  ids: readonly string[],
  scope: RequestContext['scope'],
) => Promise<readonly T[]>;

/** By id, at most 100 a call; null when unknown or hidden from the key. A call that fails, fails its own ids only. */
export const networkByIds = <T extends { readonly id: string }>(
  name: string,
  read: ByIds<T>,
): ((context: RequestContext) => DataLoader<RowRef, T | null, string>) =>
  recordLoader<'NETWORK', T | null>(
    name,
    'NETWORK',
    async ({ client }, ids, { scope }) => {
      const found = new Map<string, T | Error>();
      const chunks = Array.from({ length: Math.ceil(ids.length / SCANOPY_BATCH_SIZE) }, (_, i) =>
        ids.slice(i * SCANOPY_BATCH_SIZE, (i + 1) * SCANOPY_BATCH_SIZE),
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
