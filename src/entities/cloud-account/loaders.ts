import { decodeGlobalId } from '#lib/record-ref.ts';
import { firstFilled } from '#lib/text.ts';
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

/** Names of accounts by their global ids; of those that the index knows, at no request. */
export const accountTitles =
  (context: RequestContext) =>
  async (ids: readonly string[]): Promise<ReadonlyMap<string, string>> => {
    const named = async (id: string): Promise<readonly [string, string]> => {
      const ref = decodeGlobalId(id, 'CloudAccount');
      const snapshot = await cloudToCount(context, context.sources.ofSide('CLOUD', ref.source));
      const account = snapshot?.accounts.find((one) => one.id === ref.id) ?? (await accountById(context).load(ref));
      return [id, account ? (firstFilled(account.name, account.awsAccountNumber) ?? '') : ''];
    };
    return new Map(await Promise.all(ids.map(named)));
  };

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
