import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createRandom } from '#demo/random.ts';
import { type Contender, variablesFor } from './contender.ts';
import type { Workload } from './workloads.ts';

export type Asking = 'repeated' | 'new variables';

/** So many different variables at most, in one file. */
const MOST = 200_000;

/**
 * Files of variables, one line a question: the same first page, or another number of rows (the upper half of what the workload names)
 * from another row on, so that the document stays and none of our lines comes twice. Peers know pages only, so theirs come again.
 */
export const writeQuestions = async (
  folder: string,
  { name, rows, of }: Workload,
  speaks: Contender['speaks'],
  total: number,
): Promise<Readonly<Record<Asking, { readonly file: string; readonly lines: number }>>> => {
  const random = createRandom(name);
  const write = async (asking: Asking, lines: readonly object[]) => {
    const file = join(folder, `${of} ${speaks} ${asking}.jsonl`);
    await writeFile(file, `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`);
    return { file, lines: lines.length };
  };
  const windows = Array.from({ length: Math.ceil(rows / 2) }, (_, less) => rows - less).flatMap((first) =>
    Array.from({ length: total - rows }, (_, offset) => ({ first, offset, rank: random.next() })),
  );
  const shuffled = windows.sort((a, b) => a.rank - b.rank).slice(0, MOST);
  return {
    repeated: await write('repeated', [variablesFor(speaks, of, rows, 0)]),
    'new variables': await write(
      'new variables',
      shuffled.map(({ first, offset }) => variablesFor(speaks, of, first, offset)),
    ),
  };
};
