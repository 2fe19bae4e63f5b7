import { cloudSource } from '#loading/cloud-sources.ts';
import type { RequestContext } from '#loading/context.ts';
import { naturalKeyLoader } from '#loading/natural-key-loader.ts';
import { perRequest } from '#loading/per-request.ts';
import { recordLoader } from '#loading/record-loader.ts';
import { type FieldPlace, reportProblem } from '#loading/report-problem.ts';
import { unreadable } from '#loading/report-shortfall.ts';
import { droppedRows } from '#sources/scanorbit/rows.ts';
import type { CloudAccountModel } from './model.ts';

const accountsBySource = perRequest(() => new Map<string, Promise<readonly CloudAccountModel[]>>());

/** The accounts of one source, newest first as the upstream gives them. One call per source and request. */
export const accountsOfSource = (context: RequestContext, source: string): Promise<readonly CloudAccountModel[]> => {
  const known = accountsBySource(context).get(source);
  if (known) return known;
  const asked = cloudSource(context, source).client.accounts(context.scope);
  accountsBySource(context).set(source, asked);
  return asked;
};

/** An account by its row id; null when it is gone. */
export const accountById = recordLoader<'CLOUD', CloudAccountModel | null>(
  'accountById',
  'CLOUD',
  async ({ name }, _ids, context) => {
    const accounts = await accountsOfSource(context, name);
    return new Map(accounts.map((account) => [account.id, account]));
  },
  () => null,
);

/** Tells the field of accounts that could not be read. */
export const reportDroppedAccounts = (
  context: RequestContext,
  place: FieldPlace,
  source: string,
  accounts: readonly CloudAccountModel[],
): void => {
  const dropped = droppedRows(accounts);
  if (dropped > 0) reportProblem(context, place, unreadable(source, dropped));
};

/**
 * An account by its twelve digits. They name one AWS account in the world, but two organizations may have connected it: then two
 * records carry them. One call per source, however many are asked for.
 */
export const accountByAwsAccountNumber = naturalKeyLoader({
  name: 'awsAccountNumber',
  sources: (context) => context.sources.cloud,
  find: async (context, { name }) =>
    Map.groupBy(await accountsOfSource(context, name), ({ awsAccountNumber }) => awsAccountNumber),
  provesItself: () => true,
});
