import { recordDimension } from '#entities/group/loaders/record-dimension.ts';
import type { RowRef } from '#lib/record-ref.ts';
import type { RequestContext } from '#loading/context.ts';
import { naturalKeyLoader } from '#loading/natural-key-loader.ts';
import { recordSet } from '#loading/record-set.ts';
import { cloudToCount } from '#loading/snapshot-to-count.ts';
import type { CloudAccountModel } from './model.ts';

/** The accounts of a source, newest first as the upstream gives them. */
export const accounts = recordSet('CLOUD', 'accountById', ({ client }) => client.accounts);

export const accountById = accounts.byId;

/** One call per source and request. */
export const accountsOfSource = (context: RequestContext, source: string): Promise<readonly CloudAccountModel[]> =>
  accounts.all(context, context.sources.ofSide('CLOUD', source));

/** An account as the index names it, where counts are taken from that; else as the source does. */
const accountToName = async (context: RequestContext, ref: RowRef): Promise<CloudAccountModel | null> => {
  const snapshot = cloudToCount(context, context.sources.ofSide('CLOUD', ref.source));
  return snapshot ? (snapshot.accounts.find(({ id }) => id === ref.id) ?? null) : accountById(context).load(ref);
};

/** Rows by the account that they belong to. */
export const accountDimension = (context: RequestContext) =>
  recordDimension<{ readonly source: string; readonly accountId: string }, CloudAccountModel>({
    type: 'CloudAccount',
    idsOf: ({ accountId }) => [accountId],
    find: (ref) => accountToName(context, ref),
    titleOf: ({ name }) => name,
  });

/**
 * An account by its twelve digits. They name one AWS account in the world, but two organizations may have connected it: then two
 * records carry them. One call per source, however many are asked for.
 */
export const accountByAwsAccountNumber = naturalKeyLoader({
  name: 'awsAccountNumber',
  sources: (context) => context.sources.cloud,
  find: async (context, source) =>
    Map.groupBy(await accounts.all(context, source), ({ awsAccountNumber }) => awsAccountNumber),
  provesItself: () => true,
});
