import type { DiscoverySessionModel } from '#entities/discovery/model.ts';
import type { Scope } from '../transport/scope.ts';
import type { Transport } from '../transport/transport.ts';
import type { VersionedClient } from './versioned-client.ts';
import { readSession } from './wire-discovery.ts';
import { Reading } from './wire-rows.ts';

const PATH = '/api/v1/discovery/stream';

/** See {@link NetworkClient.sessionStream}. An upgrade of the server ends its streams, so one version gives all of a stream. */
export const sessionStream = async (
  versionedClient: VersionedClient,
  transport: Transport,
  scope: Scope,
): Promise<AsyncIterable<DiscoverySessionModel>> => {
  const { adapter } = await versionedClient.apiVersion(scope);
  const frames = await transport.stream({ endpoint: PATH, path: PATH }, scope);
  return sessions();

  async function* sessions(): AsyncGenerator<DiscoverySessionModel> {
    for await (const frame of frames) yield* new Reading(transport.source, adapter).children([frame], readSession);
  }
};
