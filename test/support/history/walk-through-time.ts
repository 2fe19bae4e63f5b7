import type { ConfigInput } from '#config/config.ts';
import { createRandom, type Random } from '#demo/random.ts';
import type { Answer } from '../harness.ts';
import { type MovingCompany, startMovingCompany, VIEWERS, type Viewer } from './moving-company.ts';
import { askedOf, namesIn, questionsAbout } from './questions.ts';

export interface TimeWalkOptions {
  readonly seed: number;
  readonly steps: number;
  /** Where the history is kept. */
  readonly config: Omit<ConfigInput, 'sources'>;
  /** Questions whose answers about then differ from those given then, while relations cannot be read. */
  readonly exceptions: readonly string[];
}

export interface TimeWalkReport {
  /** Answers that were asked for again. */
  readonly compared: number;
  /** Those of them whose source was read with another key then. */
  readonly unknown: number;
  /** Upstream requests that asking again has caused. */
  readonly requests: number;
  /** Exceptions that were met. */
  readonly excepted: readonly string[];
  readonly differences: readonly string[];
}

/** An answer about now, and the moment at which it was given. */
interface Given {
  readonly time: string;
  readonly viewer: Viewer;
  readonly name: string;
  readonly question: string;
  readonly said: string;
  readonly key: number;
  readonly isPartial: boolean;
}

type Report = { -readonly [Name in keyof TimeWalkReport]: TimeWalkReport[Name] } & {
  excepted: string[];
  differences: string[];
};

/**
 * A random run of a company through time: scans, rows that come, go and change, relations that cannot be read, keys that change, and
 * restarts of the gateway. What it answers about now is kept, and asked again later about the moment at which it was answered.
 */
export const walkThroughTime = async ({
  seed,
  steps,
  config,
  exceptions,
}: TimeWalkOptions): Promise<TimeWalkReport> => {
  const random = createRandom(`through time ${seed}`);
  const company = await startMovingCompany(seed, config);
  const report: Report = { compared: 0, unknown: 0, requests: 0, excepted: [], differences: [] };
  const given: Given[] = [];
  const log: string[] = [];
  /** When the gateway was first given each key. */
  const keys = new Map([[company.key(), company.clock.now()]]);
  const questions = Object.entries(
    questionsAbout(await namesIn({ query: (document) => company.ask('both', document) })),
  );
  const again = async (one: Given): Promise<void> => {
    const answer = await company.ask<{ asOf: unknown }>(one.viewer, askedOf(one.time, one.question));
    report.requests += Object.values(answer.extensions.cost.requests).reduce((sum, count) => sum + count, 0);
    report.compared += 1;
    if (one.key !== company.key() && one.viewer !== 'cloud') {
      if ((keys.get(company.key()) ?? 0) > Date.parse(one.time))
        report.unknown += isUnknown(answer) ? 1 : fail(report, one, answer, log);
      return;
    }
    const said = saidOf(answer.data?.asOf, answer, 1);
    if (said === one.said) return;
    if (one.isPartial && exceptions.includes(one.name)) report.excepted.push(one.name);
    else fail(report, one, answer, log);
  };
  try {
    for (let step = 0; step < steps && report.differences.length === 0; step++) {
      log.push(...(await happen(random, company)));
      if (!keys.has(company.key())) keys.set(company.key(), company.clock.now());
      await company.settle();
      const chosen = Array.from({ length: 8 }, () => random.pick(questions));
      if (company.isPartial()) chosen.push(...questions.filter(([name]) => exceptions.includes(name)));
      for (const [name, question] of chosen) {
        given.push(await ask(company, random.pick(Object.keys(VIEWERS) as Viewer[]), name, question));
      }
      for (let i = 0; i < 5; i++) await again(random.pick(given));
    }
    for (const one of given) if (report.differences.length === 0) await again(one);
    return report;
  } finally {
    await company.close();
  }
};

const happen = async (random: Random, company: MovingCompany): Promise<string[]> => {
  const happened: string[] = [];
  for (let i = random.int(0, 3); i > 0; i--) happened.push(await company.change(random));
  if (random.chance(0.3)) {
    const key = random.chance(0.4) ? 1 - company.key() : company.key();
    await company.restart(key);
    happened.push(`restart with key ${key}`);
  }
  return happened;
};

const ask = async (company: MovingCompany, viewer: Viewer, name: string, question: string): Promise<Given> => {
  const answer = await company.ask<unknown>(viewer, `{ ${question} }`);
  const time = new Date(company.clock.now()).toISOString();
  return {
    ...{ time, viewer, name, question, said: saidOf(answer.data, answer, 0) },
    ...{ key: company.key(), isPartial: company.isPartial() },
  };
};

/** @param depth of what was asked below the root */
const saidOf = (data: unknown, { errors = [] }: Pick<Answer<unknown>, 'errors'>, depth: number): string =>
  JSON.stringify([data, errors.map(({ path = [], extensions }) => [path.slice(depth), extensions.code])]);

/** What the other key had read is not known to this one. */
const isUnknown = ({ errors = [] }: Answer<unknown>): boolean =>
  errors.every(
    ({ extensions }) => extensions.code === 'HISTORY_UNAVAILABLE' || extensions.reason === 'INDEX_INCOMPLETE',
  );

const fail = (report: Report, one: Given, { data, errors }: Answer<unknown>, log: readonly string[]): number => {
  report.differences.push(
    `${one.viewer} asked ${one.name} at ${one.time}\nthen:  ${one.said.slice(0, 3000)}\nagain: ${JSON.stringify([data, errors]).slice(0, 3000)}\nafter: ${log.slice(-12).join(', ')}`,
  );
  return 0;
};
