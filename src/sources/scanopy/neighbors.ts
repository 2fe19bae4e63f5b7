import { z } from 'zod';
import type { Neighbors, NetworkClient } from '../network-client.ts';
import { isNotHere } from '../transport/upstream-errors.ts';
import { rowId } from '../wire-values.ts';
import { hasNeighborsApart } from './api-version.ts';
import { ROW_FRESHNESS } from './scanopy-lists.ts';
import type { Ask, VersionedClient } from './versioned-client.ts';
import type { RowReader } from './wire-answer.ts';
import { readOne } from './wire-answer.ts';
import { readNeighborEnd } from './wire-host.ts';
import { isRowId } from './wire-values.ts';

const NONE: Neighbors = new Map();

const neighborRow = z.object({ interface_id: rowId, neighbor: z.object({ type: z.string(), id: rowId }) });

const readNeighbor: RowReader<readonly [string, ReturnType<typeof readNeighborEnd>]> = (raw) => {
  const row = neighborRow.parse(raw);
  return [row.interface_id, readNeighborEnd(row.neighbor)];
};

/** A whole network comes along; only this part of it is read. */
const topology = z.object({ neighbours: z.array(z.unknown()).nullish() });

const askForTopology =
  (networkId: string): Ask<Neighbors> =>
  ({ adapter }) => ({
    path: '/api/v1/topology/data',
    query: [[adapter.networkFilter, networkId]],
    freshness: ROW_FRESHNESS,
    read: (body, reading) => new Map(reading.children(topology.parse(readOne(body)).neighbours ?? [], readNeighbor)),
  });

/** See {@link NetworkClient.neighbors}. */
export const neighborReader =
  (versionedClient: VersionedClient): NetworkClient['neighbors'] =>
  async (networkId, scope) => {
    const { version } = await versionedClient.apiVersion(scope);
    if (!isRowId(networkId) || !hasNeighborsApart(version.serverVersion)) return NONE;
    return versionedClient.ask(askForTopology(networkId), scope).catch((error: unknown) => {
      if (isNotHere(error)) return NONE;
      throw error;
    });
  };
