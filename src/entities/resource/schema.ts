import { accountById } from '#entities/cloud-account/loaders.ts';
import type { CloudAccountModel } from '#entities/cloud-account/model.ts';
import { ACCOUNT_REFERENCE_FIELDS, CloudAccount } from '#entities/cloud-account/ref.ts';
import { Asset, type AssetEdge, assetType } from '#entities/dependency/ref.ts';
import { findingListOfResource } from '#entities/finding/loaders.ts';
import { FindingConnection, FindingFilter } from '#entities/finding/ref.ts';
import { builder } from '#graphql/builder.ts';
import { byAnyId, fromWholeSet, listPerParent, unlessNamed } from '#graphql/pricing/prices.ts';
import { connect, pageArgs } from '#graphql/relay/connection.ts';
import { Node, nodeType } from '#graphql/relay/node.ts';
import { referenceTo } from '#graphql/relay/reference.ts';
import type { RequestContext } from '#loading/context.ts';
import { certainEnd, edgesOfResource, otherEnd } from './edges.ts';
import { resourceById } from './loaders.ts';
import { type ResourceModel, type ResourceTagModel, resourceDisplayName } from './model.ts';
import { RESOURCE_SUMMARY_FIELDS, Resource } from './ref.ts';
import './query-fields.ts';

const ResourceTag = builder.objectRef<ResourceTagModel>('ResourceTag').implement({
  description: 'A tag of an AWS resource.',
  fields: (t) => ({
    key: t.exposeString('key', { description: 'Key; case-sensitive, unique within its resource.' }),
    value: t.exposeString('value', { description: 'Value; what is not text in the upstream is shown as JSON.' }),
  }),
});

Resource.implement({
  description: 'One AWS resource, as the last scans saw it.',
  interfaces: [Node, Asset],
  fields: (t) => ({
    sourceId: t.exposeID('id', { description: "The upstream's own id." }),
    resourceId: t.exposeString('resourceId', {
      description: 'ARN, provider id or bare name, as the upstream gives it; not unique across accounts.',
    }),
    service: t.exposeString('service', {
      description: 'Kind of resource, e.g. `ec2`, `rds`, `security_group`: an open vocabulary of the upstream.',
    }),
    region: t.exposeString('region', {
      nullable: true,
      description: 'AWS region; `global` for IAM, null where the upstream has none.',
    }),
    name: t.exposeString('name', {
      nullable: true,
      description: 'Name as AWS has it (often the `Name` tag); often empty, see `displayName`.',
    }),
    state: t.exposeString('state', {
      nullable: true,
      description: 'State in the words of its service, e.g. `running`, `unattached`; empty for many services.',
    }),
    tags: t.field({ type: [ResourceTag], description: 'Its tags.', resolve: ({ tags }) => [...tags] }),
    costEstimateMonthly: t.expose('costEstimateMonthly', {
      type: 'Decimal',
      nullable: true,
      description: 'Estimated list price per month in USD; null where the upstream gives none.',
    }),
    lastSeenAt: t.expose('lastSeenAt', {
      type: 'DateTime',
      description: 'When a scan last saw it. Older than the last scan of its account: it may be gone.',
    }),
    createdAt: t.expose('createdAt', {
      type: 'DateTime',
      description: 'When a scan first saw it; not when AWS created it.',
    }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', description: 'When its record last changed.' }),
    account: t.field({
      type: CloudAccount,
      nullable: true,
      description: 'The AWS account that owns it.',
      extensions: { price: unlessNamed(ACCOUNT_REFERENCE_FIELDS, fromWholeSet('CLOUD', 'accounts')) },
      resolve: ({ source, accountId: id }, _, context, info) =>
        referenceTo<CloudAccountModel>({ type: 'CloudAccount', source, id }, info, ACCOUNT_REFERENCE_FIELDS) ??
        accountById(context).load({ source, id }),
    }),
    findings: t.field({
      type: FindingConnection,
      nullable: true,
      description: 'What was found about it, newest first.',
      extensions: { price: listPerParent('CLOUD', 'findings') },
      args: {
        ...pageArgs(t),
        filter: t.arg({ type: FindingFilter, description: 'Which findings are wanted, of this resource.' }),
      },
      resolve: (resource, { filter, ...page }, context, info) =>
        connect(findingListOfResource(context, info, filter, resource), page),
    }),
  }),
});

const assetEdges =
  (end: 'dependencies' | 'dependents') =>
  async (resource: ResourceModel, context: RequestContext): Promise<readonly AssetEdge[]> => {
    const edges = await edgesOfResource(context, end, resource);
    return edges.map((edge) => ({
      ...edge,
      asset: (asking, info) => {
        const known = certainEnd(end, edge);
        const named = known && referenceTo<ResourceModel>(known, info, RESOURCE_SUMMARY_FIELDS);
        return named ?? otherEnd(asking, end, resource, edge);
      },
    }));
  };

assetType<ResourceModel>('Resource', {
  title: resourceDisplayName,
  dependencies: assetEdges('dependencies'),
  dependents: assetEdges('dependents'),
});

nodeType('Resource', (context, key) => resourceById(context).load(key), byAnyId('CLOUD', 'resources'));
