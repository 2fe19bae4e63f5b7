import { builder } from '#graphql/builder.ts';
import { orderInput } from '#graphql/fields.ts';
import type { PriceOf } from '#graphql/pricing/price.ts';
import { type FanOut, together, wholeList, wholeSet } from '#graphql/pricing/prices.ts';
import { DateTimeRange } from '#graphql/ranges.ts';
import { connectionType } from '#graphql/relay/connection.ts';
import {
  asksSeverities,
  type FindingListArgs,
  findingFanOut,
  findingsApartHere,
  needsResources,
} from './loaders/lists.ts';
import type { FindingModel } from './model.ts';

export const Finding = builder.objectRef<FindingModel>('Finding');
export const FindingConnection = connectionType('Finding', Finding);

export const FindingSeverity = builder.enumType('FindingSeverity', {
  description: 'How bad a finding is, as the upstream ranks it.',
  values: {
    CRITICAL: { description: 'Worst. The upstream cannot filter by it: a filter reads whole lists.' },
    HIGH: { description: 'Bad.' },
    MEDIUM: { description: 'Worth fixing.' },
    LOW: { description: 'Minor.' },
    TRIVIAL: { description: 'Least. The upstream cannot filter by it: a filter reads whole lists.' },
    UNKNOWN: { description: 'A value of the upstream that this graph does not know.' },
  } as const,
});

export const FindingStatus = builder.enumType('FindingStatus', {
  description: 'What became of a finding.',
  values: {
    OPEN: {
      description:
        'Not resolved. The upstream leaves the last one of a type open after it was fixed: compare `lastScan`.',
    },
    RESOLVED: { description: 'Not found any more, or marked as fixed.' },
    SNOOZED: { description: 'Put off until `snoozedUntil`.' },
    IGNORED: { description: 'Accepted by a person.' },
    UNKNOWN: { description: 'A value of the upstream that this graph does not know.' },
  } as const,
});

export const FindingFilter = builder.inputType('FindingFilter', {
  description:
    'Which findings are wanted; all given conditions must hold. In a list any of its values will do; an empty list matches none.',
  fields: (t) => ({
    source: t.string({ description: 'Only findings of this source, by its name.' }),
    account: t.id({ description: 'Only findings in this account, by its global id.' }),
    resource: t.id({ description: 'Only findings about this resource, by its global id.' }),
    severity: t.field({
      type: [FindingSeverity],
      description:
        'Only of one of these severities, in whatever case the upstream stores them: where its own filter misses some, whole lists are read.',
    }),
    status: t.field({ type: [FindingStatus], description: 'Only in one of these states.' }),
    type: t.stringList({
      description: 'Only of one of these types, e.g. `orphaned_volume`; exact and case-sensitive.',
    }),
    resourceService: t.stringList({
      description:
        'Only about resources of one of these services, e.g. `ec2`. Whole lists are read, that of resources, too.',
    }),
    resourceRegion: t.stringList({
      description:
        'Only about resources in one of these regions, e.g. `eu-west-1`. Whole lists are read, that of resources, too.',
    }),
    firstDetected: t.field({
      type: DateTimeRange,
      description: 'Only first found by a scan within this range. Whole lists are read.',
    }),
    lastDetected: t.field({
      type: DateTimeRange,
      description: 'Only last found by a scan within this range. Whole lists are read.',
    }),
  }),
});

const FindingOrderField = builder.enumType('FindingOrderField', {
  description: 'What findings can be ordered by.',
  values: {
    SEVERITY: { description: 'How bad they are; descending, the worst come first and unknown words last.' },
    FIRST_DETECTED: { description: 'When a scan first found them; unknown last.' },
    LAST_DETECTED: { description: 'When a scan last found them; unknown last.' },
    CREATED_AT: { description: 'When their records were made.' },
  } as const,
});

export const FindingOrder = orderInput(
  'FindingOrder',
  'One order over the findings of all sources. The upstream knows none, so whole lists are read.',
  FindingOrderField,
);

export const STATISTICS: PriceOf = wholeSet('CLOUD', 'finding statistics');

/** With a filter by severity, the statistics come on top: they show whether the upstream's filter finds every row. */
export const withSeverities =
  (priceOf: (apart: FanOut) => PriceOf): PriceOf =>
  (input) => {
    if (input.indexed.findings || !asksSeverities(input.args as FindingListArgs, input))
      return priceOf(findingFanOut)(input);
    return together(priceOf(input.filtersSeverities ? findingFanOut : findingsApartHere), STATISTICS)(input);
  };

/** With what a filter by resources reads besides. @param isCounted the rows are only counted */
export const withResources = (price: PriceOf, isCounted = false): PriceOf =>
  together(price, (input) => {
    const { filter } = input.args as FindingListArgs;
    const isHeld = input.indexed.resources || (isCounted && input.counted.resources);
    return needsResources(filter) && !isHeld ? wholeList('CLOUD', 'resources')(input) : { side: 'CLOUD', requests: 0 };
  });
