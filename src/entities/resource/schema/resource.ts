import { accountField } from '#entities/cloud-account/ref.ts';
import { Asset } from '#entities/dependency/ref.ts';
import { findingListOfResource } from '#entities/finding/loaders/by-resource.ts';
import { FindingConnection, FindingFilter } from '#entities/finding/ref.ts';
import { builder } from '#graphql/builder.ts';
import { defineEntity } from '#graphql/define-entity.ts';
import { pagedField, recordDates, textOrNull } from '#graphql/fields.ts';
import type { AssetPrices, PriceInput, PriceOf } from '#graphql/pricing/price.ts';
import {
  byAnyId,
  byId,
  fromWholeSet,
  listPage,
  listPerParent,
  perParent,
  RECENT_SCANS,
  together,
  unlessNamed,
} from '#graphql/pricing/prices.ts';
import { InputError } from '#lib/gateway-error.ts';
import { decodeGlobalId } from '#lib/record-ref.ts';
import { resourceById } from '../loaders/by-id.ts';
import { resourceByIdentifier, resourceByResourceId } from '../loaders/by-identifier.ts';
import { resourceEdges } from '../loaders/edges.ts';
import { resourceFanOut, resourceList, resourcesFromIndex } from '../loaders/lists.ts';
import { type ResourceTagModel, resourceDisplayName } from '../model.ts';
import {
  identifiersPrice,
  RESOURCE_SUMMARY_FIELDS,
  Resource,
  ResourceBy,
  ResourceConnection,
  ResourceFilter,
  ResourceOrder,
  withFindings,
} from '../ref.ts';

const ResourceTag = builder.objectRef<ResourceTagModel>('ResourceTag').implement({
  description: 'A tag of an AWS resource.',
  fields: (t) => ({
    key: t.exposeString('key', { description: 'Key; case-sensitive, unique within its resource.' }),
    value: t.exposeString('value', { description: 'Value; what is not text in the upstream is shown as JSON.' }),
  }),
});

/** By whichever of the two it is named. */
const resourcePrice: PriceOf = (input) => {
  const identifier = identifierOf(input.args.by);
  return identifier === null ? byAnyId('CLOUD', 'resources')(input) : identifiersPrice([identifier])(input);
};

const identifierOf = (by: PriceInput['args'][string]): string | null => {
  const { resourceId } = (by ?? {}) as { readonly resourceId?: unknown };
  return typeof resourceId === 'string' ? resourceId : null;
};

const unlessIndexed =
  (price: PriceOf): PriceOf =>
  (input) =>
    input.indexed.edges ? { ...price(input), requests: 0 } : price(input);

/** One call per resource and end, nothing where the index has them. */
const PRICES: AssetPrices = {
  dependencies: unlessIndexed(together(perParent('CLOUD'), RECENT_SCANS)),
  // Dependents of what is named like something in another account are distinguished by their accounts.
  dependents: unlessIndexed(
    together(perParent('CLOUD'), RECENT_SCANS, fromWholeSet('CLOUD', 'accounts'), byId('CLOUD', 'resources')),
  ),
  otherEnd: unlessNamed(RESOURCE_SUMMARY_FIELDS, byId('CLOUD', 'resources')),
};

export const resource = defineEntity(Resource, {
  description: 'One AWS resource, as the last scans saw it.',
  side: 'CLOUD',
  node: { load: (context, ref) => resourceById(context).load(ref), price: byAnyId('CLOUD', 'resources') },
  naturalKeys: { resourceId: (context, id) => resourceByResourceId(context).load(id) },
  interfaces: [Asset],
  asset: {
    title: resourceDisplayName,
    dependencies: (resource, context) => resourceEdges(context, 'dependencies', resource),
    dependents: (resource, context) => resourceEdges(context, 'dependents', resource),
    prices: PRICES,
  },
  fields: (t) => ({
    resourceId: t.exposeString('resourceId', {
      description: 'ARN, provider id or bare name, as the upstream gives it; not unique across accounts.',
    }),
    service: t.exposeString('service', {
      description: 'Kind of resource, e.g. `ec2`, `rds`, `security_group`: an open vocabulary of the upstream.',
    }),
    region: textOrNull(t, 'region', 'AWS region; `global` for IAM, null where the upstream has none.'),
    name: textOrNull(t, 'name', 'Name as AWS has it (often the `Name` tag); often empty, see `displayName`.'),
    state: textOrNull(
      t,
      'state',
      'State in the words of its service, e.g. `running`, `unattached`; empty for many services.',
    ),
    tags: t.expose('tags', { type: [ResourceTag], description: 'Its tags.' }),
    costEstimateMonthly: t.expose('costEstimateMonthly', {
      type: 'Decimal',
      nullable: true,
      description: 'Estimated list price per month in USD; null where the upstream gives none.',
    }),
    lastSeenAt: t.expose('lastSeenAt', {
      type: 'DateTime',
      description: 'When a scan last saw it. Older than the last scan of its account: it may be gone.',
    }),
    ...recordDates(t, 'When a scan first saw it; not when AWS created it.'),
    account: accountField(t, 'The AWS account that owns it.'),
    findings: pagedField(t, FindingConnection, {
      description: 'What was found about it, newest first.',
      price: listPerParent('CLOUD', 'findings'),
      args: { filter: t.arg({ type: FindingFilter, description: 'Which findings are wanted, of this resource.' }) },
      list: (resource, { filter }, context, info) => findingListOfResource(context, info, filter, resource),
    }),
  }),
  queries: (t) => ({
    resource: t.field({
      type: Resource,
      nullable: true,
      description: 'One AWS resource, by global id or by AWS identifier; null when it is unknown.',
      extensions: { price: resourcePrice },
      args: { by: t.arg({ type: ResourceBy, required: true, description: 'How it is named.' }) },
      resolve: (_, { by }, context, info) => {
        if (by.id) return resourceById(context).load(decodeGlobalId(by.id, 'Resource'));
        if (by.resourceId) return resourceByIdentifier(context, info, by.resourceId);
        throw new InputError('Expected "by" to hold an id or a resourceId, got neither.');
      },
    }),
    resources: pagedField(t, ResourceConnection, {
      description: 'AWS resources of all sources, in source order; last seen first within each source.',
      price: withFindings(listPage('CLOUD', 'resources', resourceFanOut, resourcesFromIndex)),
      args: {
        filter: t.arg({ type: ResourceFilter, description: 'Which resources are wanted.' }),
        orderBy: t.arg({ type: ResourceOrder, description: 'Their order.' }),
      },
      list: (_, { filter, orderBy }, context, info) => resourceList(context, info, filter, undefined, orderBy),
    }),
  }),
});
