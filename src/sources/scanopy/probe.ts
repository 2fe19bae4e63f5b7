import type { NetworkClient } from '../network-client.ts';
import type { ProbeAnswer } from '../source-kind.ts';
import type { Scope } from '../transport/scope.ts';

/** Two requests, one after the other: knowing the version spares the second a try in the words of another one. */
export const probe = async (client: NetworkClient, scope: Scope): Promise<ProbeAnswer> => {
  const version = await client.version(scope);
  const networks = await client.networks(scope);
  const newer = `Version ${version.serverVersion} is newer than any this gateway was written for; it is read as ${version.generation}.`;
  const blind =
    'THE KEY SEES NO NETWORK. Every list of this source will be empty, which looks like an empty inventory. Give the key access to networks in Scanopy.';
  return {
    serverVersion: `${version.serverVersion} (${version.generation})`,
    visible: networks.length === 0 ? 'no networks' : `networks: ${networks.map((network) => network.name).join(', ')}`,
    warnings: [...(version.known ? [] : [newer]), ...(networks.length === 0 ? [blind] : [])],
  };
};
