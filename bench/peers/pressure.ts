import { execFile, execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface Questions {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly document: string;
  /** One line of JSON for each question; begins again where it ends. */
  readonly variablesFile: string;
  /** So many lines were asked before. */
  readonly skip: number;
  readonly connections: number;
  readonly seconds: number;
}

export interface Measured {
  readonly answers: number;
  readonly seconds: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Connections that failed, and statuses other than 2xx and 3xx. */
  readonly failed: number;
}

export type Press = (questions: Questions) => Promise<Measured>;

const withWrk: Press = async ({ url, headers, document, variablesFile, skip, connections, seconds }) => {
  const script = join(import.meta.dirname, 'ask.lua');
  const { stdout } = await run('wrk', [
    ...['--threads', '1', '--connections', String(connections), '--duration', `${seconds}s`, '--timeout', '30s'],
    ...['--script', script, url, '--', variablesFile, String(skip), JSON.stringify(document)],
    ...Object.entries(headers).flat(),
  ]);
  const line = stdout.split('\n').find((of) => of.startsWith('MEASURED '));
  if (!line) throw new Error(`Expected figures from wrk, got ${stdout}`);
  return JSON.parse(line.slice('MEASURED '.length)) as Measured;
};

type Autocannon = (options: object) => Promise<{
  readonly requests: { readonly total: number };
  readonly latency: { readonly p50: number; readonly p99: number };
  readonly duration: number;
  readonly errors: number;
  readonly non2xx: number;
}>;

const withAutocannon =
  (installed: string): Press =>
  async ({ url, headers, document, variablesFile, skip, connections, seconds }) => {
    const autocannon = createRequire(join(installed, 'package.json'))('autocannon') as Autocannon;
    const lines = (await readFile(variablesFile, 'utf8')).trimEnd().split('\n');
    const prefix = `{"query":${JSON.stringify(document)},"variables":`;
    let at = skip;
    const setupRequest = (request: object) => ({ ...request, body: `${prefix}${lines[at++ % lines.length]}}` });
    const { requests, latency, duration, errors, non2xx } = await autocannon({
      ...{ url, connections, duration: seconds, method: 'POST', timeout: 30 },
      headers: { 'content-type': 'application/json', ...headers },
      requests: [{ setupRequest }],
    });
    return {
      answers: requests.total,
      seconds: duration,
      p50Ms: latency.p50,
      p99Ms: latency.p99,
      failed: errors + non2xx,
    };
  };

export const hasWrk = (): boolean => {
  try {
    execFileSync('which', ['wrk'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};

export const pressWith = (installed: string, isWrk: boolean): Press => (isWrk ? withWrk : withAutocannon(installed));
