import { expect } from 'vitest';
import type { Harness } from '../../support/harness.ts';

interface Key {
  readonly value: string | null;
  readonly label: string;
}

interface Group {
  readonly keys: readonly Key[];
  readonly count: number;
  readonly monthlyCost?: string | null;
}

export interface Groups {
  readonly groups: readonly Group[];
  readonly groupCount: number;
  readonly totalCount: number;
  readonly asOf: string;
  readonly complete: boolean;
  readonly monthlyCost?: string | null;
  readonly readings: readonly { readonly from: string; readonly missing: number }[];
}

export const GROUP_FIELDS =
  'groups { keys { value label } count } groupCount totalCount asOf complete readings { from missing }';

/** Every row of a list, page after page, as the gateway lists it. */
export const everyNode = async <Node>(
  harness: Harness,
  list: string,
  filterType: string,
  filter: object,
  fields: string,
): Promise<readonly Node[]> => {
  const rows: Node[] = [];
  let after: string | null = null;
  do {
    const document = `query ($filter: ${filterType}, $after: String) {
      list: ${list}(first: 1000, after: $after, filter: $filter) { nodes { ${fields} } pageInfo { hasNextPage endCursor } }
    }`;
    const { data, errors }: Awaited<ReturnType<typeof harness.query<{ list: Page<Node> }>>> = await harness.query(
      document,
      { filter, after },
    );
    expect(errors).toBeUndefined();
    rows.push(...data.list.nodes);
    after = data.list.pageInfo.hasNextPage ? data.list.pageInfo.endCursor : null;
  } while (after !== null);
  return rows;
};

interface Page<Node> {
  readonly nodes: readonly Node[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/** How many rows have each combination of values; rows of several values count in each of these, rows of none under null. */
export const countBy = <Row>(
  rows: readonly Row[],
  by: readonly ((row: Row) => readonly string[])[],
): ReadonlyMap<string, readonly Row[]> => {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const [first = [], second = ['']] = by.map((valuesOf): readonly (string | null)[] => {
      const values = [...new Set(valuesOf(row))];
      return values.length > 0 ? values : [null];
    });
    for (const a of first) {
      for (const b of second) {
        const key = JSON.stringify(by.length === 2 ? [a, b] : [a]);
        groups.set(key, [...(groups.get(key) ?? []), row]);
      }
    }
  }
  return groups;
};

/** The counts of an answer under the same names. */
export const countsOf = ({ groups }: Groups): Record<string, number> =>
  Object.fromEntries(groups.map(({ keys, count }) => [JSON.stringify(keys.map(({ value }) => value)), count]));
