import { parseArgs } from 'node:util';
import { walk } from '../test/support/answers/walk.ts';

/** Walks until so many answers were compared, each walk with a seed of its own; a difference ends it with exit code 1. */
const { values } = parseArgs({
  options: {
    answers: { type: 'string', default: '100000' },
    steps: { type: 'string', default: '400' },
    seed: { type: 'string', default: String(Date.now()) },
    threads: { type: 'string', default: '0' },
  },
});
const wanted = Number(values.answers);
const first = Number(values.seed);
const threads = Number(values.threads);
let compared = 0;
let kept = 0;
let repeated = 0;
let seed = first;
for (; compared < wanted; seed++) {
  const report = await walk({ seed, steps: Number(values.steps), index: seed % 3 === 0, threads });
  compared += report.compared;
  kept += report.kept;
  repeated += report.repeated;
  for (const difference of report.differences) console.log(difference);
  if (report.differences.length > 0) process.exitCode = 1;
  if ((seed - first) % 10 === 9) console.log(`seeds ${first} to ${seed}: ${compared} answers compared, ${kept} kept`);
}
console.log(
  `seeds ${first} to ${seed - 1}: ${compared} answers compared, ${kept} of them kept, ${repeated} given by threads`,
);
