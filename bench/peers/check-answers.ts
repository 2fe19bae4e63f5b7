import { isDeepStrictEqual } from 'node:util';
import { type Contender, variablesFor } from './contender.ts';
import type { Workload } from './workloads.ts';

/** A contender that runs. */
export interface Reached {
  readonly contender: Contender;
  readonly url: string;
}

/** Rows of a whole answer, in the shape that all of them share. @throws when it is none */
export const rowsFrom = async (
  { contender: { name, speaks, headers }, url }: Reached,
  workload: Workload,
  first: number,
  offset: number,
): Promise<readonly unknown[]> => {
  const query = workload[speaks];
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query, variables: variablesFor(speaks, workload.of, first, offset) }),
  });
  const { data, errors } = (await response.json()) as { data?: never; errors?: unknown };
  if (!data || errors) throw new Error(`Expected an answer from ${name}, got ${JSON.stringify(errors)?.slice(0, 500)}`);
  return speaks === 'ours' ? workload.rowsOfOurs(data) : workload.rowsOfTheirs(data);
};

/** Pages at their boundaries, which is all that peers can ask for. */
const pagesOf = ({ rows }: Workload): readonly (readonly [first: number, offset: number])[] => [
  [rows, 0],
  [rows, 3 * rows],
  [rows - 7, 5 * (rows - 7)],
  [Math.ceil(rows / 2) + 1, 0],
];

type Expected = ReadonlyMap<Workload, readonly (readonly unknown[])[]>;

export const answersOf = async (reached: Reached, workloads: readonly Workload[]): Promise<Expected> => {
  const answers = new Map<Workload, readonly (readonly unknown[])[]>();
  for (const workload of workloads) {
    const pages = pagesOf(workload).map(([first, offset]) => rowsFrom(reached, workload, first, offset));
    answers.set(workload, await Promise.all(pages));
  }
  return answers;
};

/** @throws when it answers anything but what was expected, value for value */
export const checkAnswers = async (reached: Reached, expected: Expected): Promise<void> => {
  const got = await answersOf(reached, [...expected.keys()]);
  for (const [workload, pages] of expected) {
    for (const [index, [first, offset]] of pagesOf(workload).entries()) {
      const rows = pages[index] ?? [];
      const theirs = got.get(workload)?.[index] ?? [];
      if (rows.length !== first)
        throw new Error(`Expected ${first} rows for ${workload.name} from ${offset} on, got ${rows.length}`);
      if (isDeepStrictEqual(rows, theirs)) continue;
      const at = rows.findIndex((row, i) => !isDeepStrictEqual(row, theirs[i]));
      throw new Error(
        `Expected ${JSON.stringify(rows[at])} as row ${offset + at} of ${workload.name} from ${reached.contender.name}, got ${JSON.stringify(theirs[at])}`,
      );
    }
  }
};
