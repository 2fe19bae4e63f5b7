import { FindingSeverity, FindingStatus } from '#entities/finding/ref.ts';
import { builder } from '#graphql/builder.ts';
import { orderInput } from '#graphql/fields.ts';
import type { PriceOf } from '#graphql/pricing/price.ts';
import { RECENT_SCANS, together, wholeList } from '#graphql/pricing/prices.ts';
import { DateTimeRange, DecimalRange } from '#graphql/ranges.ts';
import { connectionType } from '#graphql/relay/connection.ts';
import { REFERENCE_FIELDS } from '#graphql/relay/reference.ts';
import { SOURCE_SIDES } from '#lib/source-side.ts';
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
  description:
    'A tag that a resource must carry, or must not. The upstream cannot filter by tags: whole lists are read.',
  fields: (t) => ({
    key: t.string({ required: true, description: 'Exact key; case-sensitive.' }),
    value: t.string({ description: 'Exact value; leave out for any.' }),
    exists: t.boolean({ description: 'False: that it must not carry; left out or true: that it must.' }),
  }),
});

const FindingCondition = builder.inputType('FindingCondition', {
  description:
    'What one finding must be: all that is given. In a list any of its values will do; an empty list matches none.',
  fields: (t) => ({
    severity: t.field({ type: [FindingSeverity], description: 'Of one of these severities.' }),
    status: t.field({ type: [FindingStatus], description: 'In one of these states, e.g. `OPEN`.' }),
    type: t.stringList({ description: 'Of one of these types, e.g. `orphaned_volume`.' }),
    firstDetected: t.field({ type: DateTimeRange, description: 'First found by a scan within this range.' }),
    lastDetected: t.field({ type: DateTimeRange, description: 'Last found by a scan within this range.' }),
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
    monthlyCost: t.field({
      type: DecimalRange,
      description: 'Only with a `costEstimateMonthly` in this range. Whole lists are read.',
    }),
    lastSeen: t.field({
      type: DateTimeRange,
      description: 'Only last seen by a scan within this range. Whole lists are read.',
    }),
    hasFinding: t.field({
      type: FindingCondition,
      description:
        'Only with at least one finding that meets all of this. Whole lists are read, that of findings, too.',
    }),
    linked: t.boolean({
      description:
        'Only linked with a host on a network (true), or with none (false), as the index knows: an error while it has not read one of the two sides. Whole lists are read.',
      extensions: { sides: SOURCE_SIDES },
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

/** Of what a filter by findings reads besides; see `counted` for `isCounted`. */
const findingsOfFilter =
  (isCounted: boolean): PriceOf =>
  (input) => {
    const { hasFinding } = (input.args.filter ?? {}) as { readonly hasFinding?: unknown };
    const isHeld = input.indexed.findings || (isCounted && input.counted.findings);
    return hasFinding && !isHeld ? wholeList('CLOUD', 'findings')(input) : { side: 'CLOUD', requests: 0 };
  };

/** With what a filter by findings reads besides. @param isCounted the rows are only counted */
export const withFindings = (price: PriceOf, isCounted = false): PriceOf =>
  together(price, findingsOfFilter(isCounted));
