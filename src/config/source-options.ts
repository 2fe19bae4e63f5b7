import { z } from 'zod';
import { addProblem, SOURCE_NAME, secret } from './values.ts';

/** What the configuration needs to know about a kind of source. */
export interface SourceKindSettings {
  /** Value of `sources[].kind`, lower case. `<NAME>_URL` and `<NAME>_API_KEY` configure one source of it. */
  readonly name: string;
  /** Default of `limits.cost.<name>`: upstream requests that one operation may need at worst. */
  readonly costLimit: number;
  /** What the URL of such a source usually ends with, and people leave out. */
  readonly basePath?: string;
  /** What is wrong with the URL of such a source, as "expected …"; null when nothing is. */
  readonly urlProblem?: (url: URL) => string | null;
}

const count = z.int().min(1);
const milliseconds = z.int().min(1).max(600_000);

/** The server's own allowance for one credential: a window (`limit` per `windowSeconds`) or a rate with a burst. */
const budget = z
  .strictObject({
    limit: count.optional().describe('Requests in one window.'),
    windowSeconds: count.max(3600).optional(),
    ratePerSecond: z.number().positive().max(10_000).optional(),
    burst: count.optional(),
    reserve: z.number().min(0).max(0.95).optional().describe('Share left to other users of the upstream.'),
    concurrency: count.max(1000).optional().describe('Calls in flight at once.'),
    queue: z.int().min(0).max(1_000_000).optional().describe('Calls that may wait; more are refused at once.'),
  })
  .superRefine((of, context) => {
    const isWindow = of.limit !== undefined || of.windowSeconds !== undefined;
    const isRate = of.ratePerSecond !== undefined || of.burst !== undefined;
    if (!isWindow || !isRate) return;
    addProblem(context, [], 'expected limit and windowSeconds, or ratePerSecond and burst, got some of both');
  })
  .prefault({});

/** All in milliseconds: until the answer begins, between two pieces of its body, and for the call as a whole. */
const timeouts = z
  .strictObject({
    headersMs: milliseconds.optional(),
    bodyMs: milliseconds.optional(),
    callMs: milliseconds.optional(),
  })
  .prefault({});

const httpUrl = z.string().superRefine((text, context) => {
  const url = URL.canParse(text) ? new URL(text) : null;
  const problem =
    !url || !/^https?:$/.test(url.protocol)
      ? 'expected an http:// or https:// URL'
      : url.username || url.password
        ? 'expected a URL without user and password: the key goes into apiKey'
        : url.search || url.hash
          ? 'expected a URL without query and fragment'
          : null;
  if (problem)
    addProblem(context, [], `${problem}, got ${JSON.stringify(url ? `${url.origin}${url.pathname}` : text)}`);
});

const sourceOptions = (kinds: readonly SourceKindSettings[]) =>
  z
    .strictObject({
      name: z.string().regex(SOURCE_NAME, 'expected a name of lower-case letters, digits, "-" and "_"'),
      kind: z.enum(kinds.map(({ name }) => name)),
      url: httpUrl,
      apiKey: secret.optional().describe('Left out only where clients bring their own credentials.'),
      budget,
      timeouts,
    })
    .superRefine((of, context) => checkUrl(kinds, of, context), { when: () => true })
    .transform((of) => ({ ...of, url: of.url.replace(/\/+$/, '') }));

/** Runs even when other fields are invalid, so that all problems are reported at once. Hence the input may have any type. */
const checkUrl = (
  kinds: readonly SourceKindSettings[],
  { kind, url }: { kind?: unknown; url?: unknown },
  context: z.core.$RefinementCtx,
): void => {
  if (typeof url !== 'string' || !URL.canParse(url)) return;
  const problem = kinds.find(({ name }) => name === kind)?.urlProblem?.(new URL(url));
  if (problem) addProblem(context, ['url'], `${problem}, got ${JSON.stringify(url)}`);
};

export const sourceList = (kinds: readonly SourceKindSettings[]) =>
  z.array(sourceOptions(kinds)).superRefine(haveUniqueNames, { when: ({ value }) => Array.isArray(value) });

function haveUniqueNames(list: readonly { name?: unknown }[], context: z.core.$RefinementCtx): void {
  const names = list.map((source) => source?.name);
  for (const [index, name] of names.entries()) {
    const first = names.indexOf(name);
    if (first === index || typeof name !== 'string') continue;
    const message = `expected a unique name, got ${JSON.stringify(name)}, as sources[${first}] has`;
    addProblem(context, [index, 'name'], message);
  }
}
