import type { CloudClient } from '../cloud-client.ts';
import type { ProbeAnswer } from '../source-kind.ts';
import type { Scope } from '../transport/scope.ts';

/** Three requests: the organization, its accounts, and how many resources it has. */
export const probe = async (client: CloudClient, scope: Scope): Promise<ProbeAnswer> => {
  const [organization, accounts, stats] = await Promise.all([
    client.organization(scope),
    client.accounts(scope),
    client.resourceStats(scope),
  ]);
  const edition = client.edition();
  return {
    serverVersion: edition && `${edition} edition`,
    visible: `${organization.name}: ${accounts.length} accounts, ${stats.total} resources`,
    warnings: accounts.length === 0 ? ['The organization has no AWS accounts: there is nothing to show.'] : [],
  };
};
