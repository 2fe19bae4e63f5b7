import { setTimeout as delay } from 'node:timers/promises';
import { Agent, request } from 'undici';
import { createRandom, type Random } from '#demo/random.ts';
import { ERROR_CODES } from '#lib/gateway-error.ts';
import type { BenchOperation } from '../operations.ts';

/** What a crowd has seen. */
export interface Seen {
  operations: number;
  /** Gave up waiting, as people do. */
  abandoned: number;
  readonly milliseconds: number[];
  readonly codes: Map<string, number>;
  /** Answers that break a promise, the first few in full. */
  readonly broken: string[];
  brokenCount: number;
}

const TYPED = new Set<string>([...ERROR_CODES, 'GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED']);
const KEPT = 10;

/** Share of questions that everybody asks, as frontends do; each of these questions is one and the same text. */
const COMMON_SHARE = 0.5;
const COMMON_QUESTIONS = 40;

/** `people` connections, each asking, waiting a little, and asking again, until aborted. */
export const crowd = async (
  url: string,
  operations: readonly BenchOperation[],
  people: number,
  until: AbortSignal,
): Promise<Seen> => {
  const agent = new Agent({ connections: people, pipelining: 1 });
  const seen: Seen = { operations: 0, abandoned: 0, milliseconds: [], codes: new Map(), broken: [], brokenCount: 0 };
  const common = commonBodies(operations);
  const person = async (_: unknown, number: number) => {
    const random = createRandom(`person ${number}`);
    while (!until.aborted) {
      const body = random.chance(COMMON_SHARE) ? random.pick(common) : bodyOf(random, operations);
      await askOnce(url, agent, body, random.chance(0.02), seen);
      await delay(random.int(20, 400));
    }
  };
  await Promise.all(Array.from({ length: people }, person));
  await agent.close();
  return seen;
};

const commonBodies = (operations: readonly BenchOperation[]): readonly string[] => {
  const random = createRandom('common questions');
  return Array.from({ length: COMMON_QUESTIONS }, () => {
    const { query, variables } = random.pick(operations);
    return JSON.stringify({ query, variables: variables(random) });
  });
};

/** Mostly what frontends ask, now and then something broken. */
const bodyOf = (random: Random, operations: readonly BenchOperation[]): string => {
  const { query, variables } = random.pick(operations);
  if (random.chance(0.97)) return JSON.stringify({ query, variables: variables(random) });
  return random.chance(0.5) ? JSON.stringify({ query: query.slice(0, -1) }) : query;
};

const askOnce = async (url: string, agent: Agent, body: string, givesUp: boolean, seen: Seen): Promise<void> => {
  const started = performance.now();
  const signal = givesUp ? AbortSignal.timeout(5) : null;
  try {
    const response = await request(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      dispatcher: agent,
      signal,
    });
    const text = await response.body.text();
    seen.milliseconds.push(performance.now() - started);
    judge(response.statusCode, text, seen);
  } catch (error) {
    if (givesUp) seen.abandoned += 1;
    else blame(`no answer: ${error}`, seen);
  }
  seen.operations += 1;
};

const judge = (status: number, text: string, seen: Seen): void => {
  const { errors = [] } = JSON.parse(text) as { errors?: { extensions?: { code?: string } }[] };
  for (const { extensions } of errors) {
    const code = extensions?.code ?? 'none';
    seen.codes.set(code, (seen.codes.get(code) ?? 0) + 1);
    if (!TYPED.has(code) || code === 'INTERNAL_SERVER_ERROR') blame(text, seen);
  }
  if (status >= 500) blame(`${status}: ${text}`, seen);
};

const blame = (what: string, seen: Seen): void => {
  seen.brokenCount += 1;
  if (seen.broken.length < KEPT) seen.broken.push(what.slice(0, 400));
};
