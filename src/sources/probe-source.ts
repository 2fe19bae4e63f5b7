import { GatewayError } from '#lib/gateway-error.ts';
import type { Source } from './source-set.ts';
import type { Scope } from './transport/scope.ts';
import type { BudgetStatus } from './transport/transport.ts';

/** What a source said when it was tried. */
export interface SourceProbe {
  readonly source: string;
  readonly kind: Source['kind'];
  /** Whether anything answered at all. */
  readonly isReachable: boolean;
  readonly isKeyGood: boolean | null;
  /** ScanOrbit's edition; Scanopy's version and wire generation. */
  readonly speaks: string | null;
  /** What the key sees: the organization and its accounts, or the networks. */
  readonly sees: string | null;
  readonly budget: BudgetStatus;
  /** Not failures, but surprises in the making. */
  readonly warnings: readonly string[];
  /** Null when everything is well. */
  readonly failure: string | null;
}

interface Seen {
  readonly speaks: string | null;
  readonly sees: string;
  readonly warnings: readonly string[];
}

/** Tries one source with at most five calls. Never throws. */
export const probeSource = async (source: Source, scope: Scope): Promise<SourceProbe> => {
  const named = { source: source.name, kind: source.kind };
  try {
    const seen = source.kind === 'SCANORBIT' ? await seeCloud(source, scope) : await seeNetworks(source, scope);
    return {
      ...named,
      ...seen,
      isReachable: true,
      isKeyGood: true,
      budget: source.client.status().budget,
      failure: null,
    };
  } catch (error) {
    const code = error instanceof GatewayError ? error.code : null;
    const isRefused = code === 'UPSTREAM_UNAUTHORIZED' || code === 'UPSTREAM_FORBIDDEN';
    return {
      ...named,
      isReachable: code !== 'UPSTREAM_UNAVAILABLE' && code !== 'UPSTREAM_TIMEOUT',
      isKeyGood: isRefused ? false : null,
      speaks: null,
      sees: null,
      budget: source.client.status().budget,
      warnings: [],
      failure: error instanceof Error ? error.message : String(error),
    };
  }
};

const seeCloud = async ({ client }: Extract<Source, { kind: 'SCANORBIT' }>, scope: Scope): Promise<Seen> => {
  const [organization, accounts, stats] = await Promise.all([
    client.organization(scope),
    client.accounts(scope),
    client.resourceStats(scope),
  ]);
  const edition = client.edition();
  return {
    speaks: edition && `${edition} edition`,
    sees: `${organization.name}: ${accounts.length} accounts, ${stats.total} resources`,
    warnings: accounts.length === 0 ? ['The organization has no AWS accounts: there is nothing to show.'] : [],
  };
};

const seeNetworks = async ({ client }: Extract<Source, { kind: 'SCANOPY' }>, scope: Scope): Promise<Seen> => {
  // One after the other: knowing the version spares the second question a try in the wrong words.
  const version = await client.version(scope);
  const networks = await client.networks(scope);
  const newer = `Version ${version.serverVersion} is newer than any this gateway was written for; it is read as ${version.generation}.`;
  const blind =
    'THE KEY SEES NO NETWORK. Every list of this source will be empty, which looks like an empty inventory. Give the key access to networks in Scanopy.';
  return {
    speaks: `${version.serverVersion} (${version.generation})`,
    sees: networks.length === 0 ? 'no networks' : `networks: ${networks.map((network) => network.name).join(', ')}`,
    warnings: [...(version.known ? [] : [newer]), ...(networks.length === 0 ? [blind] : [])],
  };
};
