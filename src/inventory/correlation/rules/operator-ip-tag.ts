import type { ResourceModel } from '#entities/resource/model.ts';
import { canonicalAddress, identifiesNobody } from '#lib/addresses.ts';
import { type CorrelationIndex, groupBy } from '../correlation-index.ts';
import { proposeUnique } from '../propose-unique.ts';
import type { Rule } from '../rule.ts';

const CONFIGURED = 0.88;
const ANY_TAG = 0.45;

/** A tag of the resource holds the host's address. Strong evidence for the tags that are configured to hold it, weak for any other tag. */
export const operatorIpTag: Rule = {
  number: '10',
  name: 'operator-ip-tag',
  class: 'OPERATOR',
  mode: 'P',
  run(index, scope, report) {
    const keys = new Set(index.config.addressTags);
    for (const [isWanted, score] of [
      [(key: string) => keys.has(key), CONFIGURED],
      [(key: string) => !keys.has(key), ANY_TAG],
    ] as const) {
      for (const [ip, resources] of taggedWith(index, isWanted)) {
        const hosts = index.hostsByIp.get(ip) ?? [];
        if (score === CONFIGURED && hosts.length === 0)
          for (const row of resources) report.resourceCode(row, 'NOT_ON_NETWORK');
        proposeUnique(report, scope, {
          hosts,
          resources,
          score,
          detail: `a tag of the resource holds the host's address ${ip}`,
        });
      }
    }
  },
};

const taggedWith = (
  index: CorrelationIndex,
  isWanted: (key: string) => boolean,
): ReadonlyMap<string, readonly ResourceModel[]> =>
  groupBy(index.resources, ({ tags }) => [
    ...new Set(tags.filter(({ key }) => isWanted(key)).flatMap(({ value }) => addressIn(value))),
  ]);

function addressIn(value: string): readonly string[] {
  const ip = value.length < 46 ? canonicalAddress(value.trim()) : null;
  return ip === null || identifiesNobody(ip) ? [] : [ip];
}
