import { builder } from '#graphql/builder.ts';
import { orderInput } from '#graphql/fields.ts';
import type { PriceOf } from '#graphql/pricing/price.ts';
import { RECENT_SCANS, together, wholeList } from '#graphql/pricing/prices.ts';
import { connectionType } from '#graphql/relay/connection.ts';
import { REFERENCE_FIELDS } from '#graphql/relay/reference.ts';
import type { CountModel, ResourceModel } from './model.ts';

export const Resource = builder.objectRef<ResourceModel>('Resource');
export const ResourceConnection = connectionType('Resource', Resource);

/** Fields that a dependency edge contains of the resource at its other end. */
export const RESOURCE_SUMMARY_FIELDS: ReadonlySet<string> = new Set([
  ...REFERENCE_FIELDS,
  'resourceId',
  'displayName',
  'service',
  'region',
  'name',
  'state',
]);

export const Count = builder.objectRef<CountModel>('Count').implement({
  description: 'How often a value occurs. Values are data: one may be empty, or `unknown` where the record has none.',
  fields: (t) => ({
    key: t.exposeString('key', { description: 'The value.' }),
    count: t.exposeInt('count', { description: 'Number of records with it.' }),
  }),
});

const CostFilter = builder.enumType('CostFilter', {
  description: 'Whether the service of a resource is billed, in the upstream’s judgement.',
  values: {
    PAID: { description: 'Of a service that costs money, such as `ec2` or `s3`.' },
    FREE: { description: 'Of a service that is free, such as `iam_role`. Some services are in neither group.' },
  } as const,
});

const TagFilter = builder.inputType('TagFilter', {
  description: 'A tag that a resource must carry. The upstream cannot filter by tags: whole lists are read.',
  fields: (t) => ({
    key: t.string({ required: true, description: 'Exact key; case-sensitive.' }),
    value: t.string({ description: 'Exact value; leave out for any.' }),
  }),
});

export const ResourceFilter = builder.inputType('ResourceFilter', {
  description:
    'Which resources are wanted; all given conditions must hold. In a list any of its values will do; an empty list matches none.',
  fields: (t) => ({
    source: t.string({ description: 'Only resources of this source, by its name.' }),
    account: t.id({ description: 'Only resources in this account, by its global id.' }),
    region: t.stringList({ description: 'Only in one of these regions, e.g. `eu-west-1`, or `global` for IAM.' }),
    service: t.stringList({ description: 'Only of one of these services, e.g. `ec2`; see `resourceServices`.' }),
    state: t.stringList({ description: 'Only in one of these states, as the service words them, e.g. `running`.' }),
    cost: t.field({ type: CostFilter, description: 'Only of services that cost money, or that are free.' }),
    tag: t.field({ type: TagFilter, description: 'Only with this tag.' }),
    search: t.string({
      description:
        'Only with this text in the name, the AWS identifier or the tags, in any letter case. Whole lists are read.',
    }),
    stale: t.boolean({
      description:
        'Only what the last completed scan of its account did not see any more (true), or did see (false). Where no completed scan of the account is known, neither. Whole lists are read.',
    }),
  }),
});

const ResourceOrderField = builder.enumType('ResourceOrderField', {
  description: 'What resources can be ordered by.',
  values: {
    COST: { description: 'The field `costEstimateMonthly`; unknown ones last.' },
    NAME: { description: 'The field `displayName`, in any letter case.' },
    LAST_SEEN: { description: 'When a scan last saw them.' },
    CREATED_AT: { description: 'When a scan first saw them.' },
  } as const,
});

export const ResourceOrder = orderInput(
  'ResourceOrder',
  'One order over the resources of all sources. The upstream knows none, so whole lists are read, from the index where it is current.',
  ResourceOrderField,
);

export const ResourceBy = builder.inputType('ResourceBy', {
  description: 'How a resource is named: in exactly one way.',
  isOneOf: true,
  fields: (t) => ({
    id: t.id({ description: 'Its global id.' }),
    resourceId: t.string({
      description:
        'Its ARN or provider id, exact and case-sensitive; where the index has read the source, in either form, whichever the server stores. Where several rows share it, one of them: use `id` to be sure.',
    }),
  }),
});

/** By AWS identifier: one call each and source, and the whole list for those that the server lists and does not look up. */
export const identifiersPrice =
  (identifiers: readonly string[]): PriceOf =>
  (input) => {
    const ways = identifiers.map(input.paging.CLOUD.lookUp);
    const asked = ways.filter((way) => way === 'CALL').length;
    const oneByOne: PriceOf = ({ sources }) => ({ side: 'CLOUD', requests: asked * sources.CLOUD });
    const inList = ways.includes('LIST') ? [wholeList('CLOUD', 'resources', 1)] : [];
    return together(oneByOne, RECENT_SCANS, ...inList)(input);
  };
