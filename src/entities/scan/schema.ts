import { accountById } from '#entities/cloud-account/loaders.ts';
import type { CloudAccountModel } from '#entities/cloud-account/model.ts';
import { ACCOUNT_REFERENCE_FIELDS, CloudAccount } from '#entities/cloud-account/ref.ts';
import { sourceOf } from '#entities/source/loaders.ts';
import { Source } from '#entities/source/ref.ts';
import { builder } from '#graphql/builder.ts';
import { fromWholeSet, perParent, together, unlessNamed, wholeSet } from '#graphql/pricing/prices.ts';
import { connect, pageArgs } from '#graphql/relay/connection.ts';
import { Node, nodeType } from '#graphql/relay/node.ts';
import { referenceTo } from '#graphql/relay/reference.ts';
import { decodeGlobalId } from '#lib/global-id.ts';
import { concatLists } from '#lib/sliced-list.ts';
import { cloudSources } from '#loading/cloud-sources.ts';
import { reportProblem } from '#loading/report-problem.ts';
import { scanById, scanList } from './loaders.ts';
import { Scan, ScanConnection, ScanFilter, ScanStatus } from './ref.ts';

Scan.implement({
  description: 'One run of the ScanOrbit scanner over an AWS account.',
  interfaces: [Node],
  fields: (t) => ({
    sourceId: t.exposeID('id', { description: "The upstream's own id." }),
    status: t.expose('status', { type: ScanStatus, description: 'Where it stands.' }),
    hasKey: t.exposeBoolean('hasKey', { description: 'Its account is still connected.' }),
    startedAt: t.expose('startedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When reading began; null while it waits.',
    }),
    completedAt: t.expose('completedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When reading ended, and again when analysis ended: a scan that still analyzes may have it.',
    }),
    resourcesDiscovered: t.exposeInt('resourcesDiscovered', { description: 'Resources it saw.' }),
    resourcesDelta: t.exposeInt('resourcesDelta', {
      description: 'Resources more than the scan before saw; negative when fewer.',
    }),
    findingsNew: t.exposeInt('findingsNew', { description: 'Findings that it opened.' }),
    findingsResolved: t.exposeInt('findingsResolved', {
      description: 'Findings that it resolved; the upstream counts too early, so this is usually too low.',
    }),
    errorMessage: t.exposeString('errorMessage', {
      nullable: true,
      description: 'What went wrong, in the words of the upstream. On a complete scan it means partial coverage.',
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was asked for.' }),
    source: t.field({
      type: Source,
      description: 'The upstream server this record comes from.',
      resolve: (scan, _, context) => sourceOf(context, scan),
    }),
    account: t.field({
      type: CloudAccount,
      nullable: true,
      description: 'The account it reads; null when that was disconnected since.',
      extensions: { price: unlessNamed(ACCOUNT_REFERENCE_FIELDS, fromWholeSet('CLOUD', 'accounts')) },
      resolve: ({ source, accountId }, _, context, info) =>
        accountId
          ? (referenceTo<CloudAccountModel>(
              { type: 'CloudAccount', source, id: accountId },
              info,
              ACCOUNT_REFERENCE_FIELDS,
            ) ?? accountById(context).load({ source, id: accountId }))
          : null,
    }),
  }),
});

/** The lists that are read for freshness anyway, then one call for each scan that they have forgotten. */
const SCAN_PRICE = together(
  wholeSet('CLOUD', 'recent scans', 1),
  wholeSet('CLOUD', 'active scans'),
  perParent('CLOUD', 1),
);

nodeType('Scan', (context, key) => scanById(context).load(key), SCAN_PRICE);

builder.queryFields((t) => ({
  scan: t.field({
    type: Scan,
    nullable: true,
    description: 'One scan by its global id; null when it is unknown.',
    extensions: { price: SCAN_PRICE },
    args: { id: t.arg.id({ required: true, description: 'Global id of the scan.' }) },
    resolve: (_, { id }, context) => scanById(context).load(decodeGlobalId(id, 'Scan')),
  }),
  scans: t.field({
    type: ScanConnection,
    nullable: true,
    description:
      'Scans that run now and the newest that ran (the upstreams tell about 100 per source), newest first within each source.',
    extensions: { price: together(wholeSet('CLOUD', 'recent scans', 100), wholeSet('CLOUD', 'active scans')) },
    args: { ...pageArgs(t), filter: t.arg({ type: ScanFilter, description: 'Which scans are wanted.' }) },
    resolve: (_, { filter, ...page }, context, info) => {
      const account = filter?.account ? decodeGlobalId(filter.account, 'CloudAccount') : null;
      const lists = cloudSources(context, filter?.source, [account]).map(({ name }) =>
        scanList(context, name, { accountId: account?.id, status: filter?.status }, info),
      );
      return connect(
        concatLists(lists, (error) => reportProblem(context, info, error)),
        page,
      );
    },
  }),
}));
