import { findingList, findingsFromIndex } from '#entities/finding/loaders/lists.ts';
import { FindingConnection, FindingFilter, withResources, withSeverities } from '#entities/finding/ref.ts';
import { resourceFanOut, resourceList, resourcesFromIndex } from '#entities/resource/loaders/lists.ts';
import { ResourceConnection, ResourceFilter, withFindings } from '#entities/resource/ref.ts';
import { scanList } from '#entities/scan/loaders.ts';
import { ScanConnection } from '#entities/scan/ref.ts';
import { sourceField } from '#entities/source/ref.ts';
import { builder } from '#graphql/builder.ts';
import { defineEntity } from '#graphql/define-entity.ts';
import { dateOrNull, everyOfSet, nodeOfSet, pagedField, recordDates, textOrNull } from '#graphql/fields.ts';
import { pagePerParent, together, wholeSet } from '#graphql/pricing/prices.ts';
import { accountByAwsAccountNumber, accounts } from './loaders.ts';
import { CloudAccount } from './ref.ts';

const CloudAccountStatus = builder.enumType('CloudAccountStatus', {
  description: 'How the connection to an AWS account stands.',
  values: {
    PENDING: { description: 'Not scanned yet.' },
    OK: { description: 'The last scan could read it, at least in part.' },
    ERROR: { description: 'The last attempt failed, see `lastError`.' },
    UNKNOWN: { description: 'A value of the upstream that this graph does not know.' },
  } as const,
});

export const cloudAccount = defineEntity(CloudAccount, {
  description: 'An AWS account connected to a ScanOrbit organization.',
  side: 'CLOUD',
  node: nodeOfSet(accounts, 'accounts'),
  naturalKeys: { awsAccountNumber: (context, digits) => accountByAwsAccountNumber(context).load(digits) },
  query: 'account',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Name given in ScanOrbit; the AWS account number where none was.' }),
    awsAccountNumber: t.exposeString('awsAccountNumber', {
      description: 'The twelve digits of the AWS account; may start with 0.',
    }),
    status: t.expose('status', { type: CloudAccountStatus, description: 'How the connection stands.' }),
    lastError: textOrNull(t, 'lastError', 'Why the last attempt failed, in the words of the upstream.'),
    lastScanAt: dateOrNull(t, 'lastScanAt', 'When the last scan that could read it ended; null before the first.'),
    enabledScanners: t.exposeStringList('enabledScanners', {
      description: 'What is scanned, e.g. `ec2`, `iam`; a scanner may list several services.',
    }),
    ...recordDates(t, 'When it was connected.'),
    source: sourceField(t),
    resources: pagedField(t, ResourceConnection, {
      description: 'Its resources.',
      price: withFindings(pagePerParent('CLOUD', 'resources', resourceFanOut, resourcesFromIndex)),
      args: {
        filter: t.arg({ type: ResourceFilter, description: 'Which resources are wanted, within this account.' }),
      },
      list: ({ source, id }, { filter }, context, info) => resourceList(context, info, filter, { source, id }),
    }),
    findings: pagedField(t, FindingConnection, {
      description: 'Its findings.',
      price: withResources(withSeverities((apart) => pagePerParent('CLOUD', 'findings', apart, findingsFromIndex))),
      args: { filter: t.arg({ type: FindingFilter, description: 'Which findings are wanted, within this account.' }) },
      list: ({ source, id }, { filter }, context, info) => findingList(context, info, filter, { source, id }),
    }),
    scans: pagedField(t, ScanConnection, {
      description: 'Its scans among those that the upstream still lists, newest first.',
      price: together(wholeSet('CLOUD', 'recent scans', 50), wholeSet('CLOUD', 'active scans')),
      list: ({ source, id }, _, context, info) => scanList(context, source, { accountId: id }, info),
    }),
  }),
  queries: (t) => ({
    accounts: everyOfSet(
      t,
      CloudAccount,
      accounts,
      'accounts',
      'The AWS accounts you may read, in source order. One upstream request per source.',
    ),
  }),
});
