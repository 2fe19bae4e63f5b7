import { naturalKeyLoader } from '#loading/natural-key-loader.ts';
import { accountsOfSource } from './loaders.ts';

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
