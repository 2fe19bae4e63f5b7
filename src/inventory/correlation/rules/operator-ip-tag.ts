import type { ResourceModel } from '#entities/resource/model.ts';
import { canonicalAddress, identifiesNobody } from '#lib/ip-address.ts';
import { type Ground, groupBy } from '../ground.ts';
import { proposeUnique } from '../propose-unique.ts';
import type { Rule } from '../rule.ts';

const CONFIGURED = 0.88;
const ANY_TAG = 0.45;

/** A tag of the resource holds the host's address: evidence where operators are known to keep it there, else a hint. */
export const operatorIpTag: Rule = {
  number: '10',
  name: 'operator-ip-tag',
  class: 'OPERATOR',
  mode: 'P',
  run(ground, scope, report) {
    const keys = new Set(ground.config.addressTags);
    for (const [isWanted, score] of [
      [(key: string) => keys.has(key), CONFIGURED],
      [(key: string) => !keys.has(key), ANY_TAG],
    ] as const) {
      for (const [ip, resources] of taggedWith(ground, isWanted)) {
        const hosts = ground.hostsByIp.get(ip) ?? [];
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
  ground: Ground,
  isWanted: (key: string) => boolean,
): ReadonlyMap<string, readonly ResourceModel[]> =>
  groupBy(ground.resources, ({ tags }) => [
    ...new Set(tags.filter(({ key }) => isWanted(key)).flatMap(({ value }) => addressIn(value))),
  ]);

function addressIn(value: string): readonly string[] {
  const ip = value.length < 46 ? canonicalAddress(value.trim()) : null;
  return ip === null || identifiesNobody(ip) ? [] : [ip];
}
