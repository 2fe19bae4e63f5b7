import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Harness } from '../../support/harness.ts';
import { asTenant, startTwoTenants } from './two-tenants.ts';
import { type WayIn, waysIn } from './ways-in.ts';

/** Sources that no gateway has, with names as long as the other tenant's. */
const NOBODY = { cloud: 'nobody-cloud', net: 'nobody-net' };
const OTHER = { cloud: 'globex-cloud', net: 'globex-net' };

let harness: Harness;
beforeAll(async () => {
  harness = await startTwoTenants();
});
afterAll(() => harness.close());

const ask = (way: WayIn, tenant: 'acme' | 'globex') =>
  harness.query<unknown>(way.query, way.variables, asTenant(tenant));

/** What a caller sees, without the words that were the caller's own. */
const seen = (
  answer: { status: number; data: unknown; errors: unknown },
  { variables }: WayIn,
  cloud: string,
  net: string,
) =>
  Object.values(variables)
    .flatMap((value) =>
      Array.isArray(value) ? value : typeof value === 'object' && value ? Object.values(value) : [value],
    )
    .filter((value) => typeof value === 'string')
    .reduce(
      (text, given, i) => text.replaceAll(given, `given ${i}`).replaceAll(given.slice(0, 80), `given ${i}`),
      JSON.stringify([answer.status, answer.data, answer.errors]),
    )
    .replaceAll(cloud, 'cloud')
    .replaceAll(net, 'net');

const cases = waysIn(OTHER.cloud, OTHER.net).map((way, i) => {
  const nobodys = waysIn(NOBODY.cloud, NOBODY.net)[i];
  if (!nobodys) throw new Error('the two lists differ');
  return [way.name, way, nobodys] as const;
});

/** Nothing, a count of nothing, or a list of which nothing is left. */
const LEADS_NOWHERE = /"total(Count)?":0\b|"(nodes|vertices)":\[\]|:\[null|^\{"\w+":(null|\[\])\}$/;

describe('what another tenant has is answered, word for word, like what does not exist', () => {
  it.each(cases)('%s', async (_, others, nobodys) => {
    harness.resetUpstreamCalls();
    const toOther = await ask(others, 'acme');
    const callsOfOther = [harness.scanorbit[1], harness.scanopy[1]].map((upstream) => upstream?.countOf());
    const toNobody = await ask(nobodys, 'acme');
    expect(seen(toOther, others, OTHER.cloud, OTHER.net)).toBe(seen(toNobody, nobodys, NOBODY.cloud, NOBODY.net));
    expect(callsOfOther).toEqual([0, 0]);
  });

  it('and each of these ways leads somewhere for whoever may go it', async () => {
    const own = waysIn('globex-cloud', 'globex-net').filter(({ name }) => !/one’s own|cursor|paths/.test(name));
    const empty: string[] = [];
    for (const way of own) {
      const { data, errors } = await ask(way, 'globex');
      if (errors || !data || LEADS_NOWHERE.test(JSON.stringify(data)))
        empty.push(`${way.name}: ${JSON.stringify(errors ?? data).slice(0, 200)}`);
    }
    expect(empty).toEqual([]);
  });
});
