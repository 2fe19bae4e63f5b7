import { accountField } from '#entities/cloud-account/ref.ts';
import { sourceField } from '#entities/source/ref.ts';
import { defineEntity } from '#graphql/define-entity.ts';
import { dateOrNull, textOrNull } from '#graphql/fields.ts';
import { perParent, together, wholeSet } from '#graphql/pricing/prices.ts';
import { connect, pageArgs } from '#graphql/relay/connection.ts';
import { decodeGlobalId } from '#lib/record-ref.ts';
import { concatLists } from '#lib/sliced-list.ts';
import { reportProblem } from '#loading/report-problem.ts';
import { narrowSources } from '#loading/several-sources.ts';
import { mergeFeeds } from '#subscriptions/feed.ts';
import { scanById, scanList } from './loaders.ts';
import { Scan, ScanConnection, ScanFilter, ScanStatus } from './ref.ts';

/** The lists that are read for freshness anyway, then one call for each scan that they have forgotten. */
const SCAN_PRICE = together(
  wholeSet('CLOUD', 'recent scans', 1),
  wholeSet('CLOUD', 'active scans'),
  perParent('CLOUD', 1),
);

export const scan = defineEntity(Scan, {
  description: 'One run of the ScanOrbit scanner over an AWS account.',
  side: 'CLOUD',
  node: { load: (context, ref) => scanById(context).load(ref), price: SCAN_PRICE },
  naturalKeys: {},
  query: 'scan',
  fields: (t) => ({
    status: t.expose('status', { type: ScanStatus, description: 'Where it stands.' }),
    hasKey: t.exposeBoolean('hasKey', { description: 'Its account is still connected.' }),
    startedAt: dateOrNull(t, 'startedAt', 'When reading began; null while it waits.'),
    completedAt: dateOrNull(
      t,
      'completedAt',
      'When reading ended, and again when analysis ended: a scan that still analyzes may have it.',
    ),
    resourcesDiscovered: t.exposeInt('resourcesDiscovered', { description: 'Resources it saw.' }),
    resourcesDelta: t.exposeInt('resourcesDelta', {
      description: 'Resources more than the scan before saw; negative when fewer.',
    }),
    findingsNew: t.exposeInt('findingsNew', { description: 'Findings that it opened.' }),
    findingsResolved: t.exposeInt('findingsResolved', {
      description: 'Findings that it resolved; the upstream counts too early, so this is usually too low.',
    }),
    errorMessage: textOrNull(
      t,
      'errorMessage',
      'What went wrong, in the words of the upstream. On a complete scan it means partial coverage.',
    ),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was asked for.' }),
    source: sourceField(t),
    account: accountField(t, 'The account it reads; null when that was disconnected since.'),
  }),
  queries: (t) => ({
    scans: t.field({
      type: ScanConnection,
      nullable: true,
      description:
        'Scans that run now and the newest that ran (the upstreams list about 100 per source), newest first within each source.',
      extensions: {
        price: together(wholeSet('CLOUD', 'recent scans', 100), wholeSet('CLOUD', 'active scans')),
      },
      args: { ...pageArgs(t), filter: t.arg({ type: ScanFilter, description: 'Which scans are wanted.' }) },
      resolve: (_, { filter, ...page }, context, info) => {
        const account = filter?.account ? decodeGlobalId(filter.account, 'CloudAccount') : null;
        const lists = narrowSources(context, context.sources.cloud, filter?.source, [account]).map(({ name }) =>
          scanList(context, name, { accountId: account?.id, status: filter?.status }, info),
        );
        return connect(
          concatLists(lists, (error) => reportProblem(context, info, error)),
          page,
        );
      },
    }),
  }),
  subscriptions: (t) => ({
    scanUpdated: t.field({
      type: Scan,
      description:
        'Every scan that starts, moves on or ends from now on. One that ends while its source is away is reported when the source is back.',
      args: { account: t.arg.id({ description: 'Only scans of this account, by its global id.' }) },
      subscribe: (_, { account }, context) => {
        const wanted = account ? decodeGlobalId(account, 'CloudAccount') : null;
        const feeds = narrowSources(context, context.sources.cloud, undefined, [wanted]).map((source) =>
          context.live.scans(source),
        );
        return mergeFeeds(feeds, (scan) => wanted === null || scan.accountId === wanted.id);
      },
      resolve: (scan) => scan,
    }),
  }),
});
