import { isIP } from 'node:net';
import { z } from 'zod';
import { isPublicAddress } from '#lib/addresses.ts';
import type { Secret } from '#lib/secret.ts';
import { addProblem, SOURCE_NAME, secret } from './values.ts';

/** As the Standard Webhooks specification has it. */
const SECRET_BYTES = { least: 24, most: 64 };

const isSigningSecret = (text: Secret): boolean => {
  const encoded = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(text.reveal())?.[1] ?? '';
  const { length } = Buffer.from(encoded, 'base64');
  return length >= SECRET_BYTES.least && length <= SECRET_BYTES.most;
};

const urlIn = (text: Secret): URL | null => (URL.canParse(text.reveal()) ? new URL(text.reveal()) : null);

/** Without brackets, as addresses are written elsewhere. */
const addressIn = ({ hostname }: URL): string | null => {
  const bare = hostname.replace(/^\[|\]$/g, '');
  return isIP(bare) === 0 ? null : bare;
};

const webhook = z
  .strictObject({
    url: secret
      .refine((url) => /^https?:$/.test(urlIn(url)?.protocol ?? ''), 'expected an https:// URL')
      .describe('Where events are posted. Never printed, since many hold a token.'),
    secret: secret
      .refine(isSigningSecret, 'expected "whsec_" and 24 to 64 random bytes in base64')
      .describe('Signs what is posted.'),
    allowPrivate: z
      .boolean()
      .default(false)
      .describe('Lets the URL name a private or local address, and do without https.'),
    timeoutMs: z.int().min(100).max(60_000).default(10_000).describe('For one attempt as a whole.'),
    attempts: z.int().min(1).max(20).default(10).describe('Then the event goes to the dead letters.'),
  })
  .superRefine(({ url, allowPrivate }, context) => {
    const parsed = urlIn(url);
    if (!parsed || allowPrivate) return;
    const address = addressIn(parsed);
    if (parsed.protocol !== 'https:')
      addProblem(context, ['url'], 'expected an https:// URL unless allowPrivate is set, got an http:// one');
    else if (address !== null && !isPublicAddress(address))
      addProblem(context, ['url'], 'expected a public address unless allowPrivate is set, got another one');
  });

/** Of values that are there before, each with the index of the first. */
const repeats = (values: readonly string[]): [index: number, first: number][] =>
  values
    .map((value, index): [number, number] => [index, values.indexOf(value)])
    .filter(([index, first]) => first < index);

/** What is to be delivered is known by its event and URL. */
const webhookList = z.array(webhook).superRefine((list, context) => {
  for (const [index, first] of repeats(list.map(({ url }) => urlIn(url)?.href ?? url.reveal())))
    addProblem(context, [index, 'url'], `expected a unique URL, got that of webhooks[${first}]`);
});

const CONDITION = 'expected "changed", "nonEmpty" or { count: { greaterThan: <number> } }';

const condition = z.union(
  [
    z.enum(['changed', 'nonEmpty']),
    z.strictObject({ count: z.strictObject({ greaterThan: z.int().min(0).max(1_000_000) }) }),
  ],
  { error: CONDITION },
);

const watch = z.strictObject({
  name: z.string().regex(SOURCE_NAME, 'expected a name of lower-case letters, digits, "-" and "_"'),
  operation: z.string().min(1).describe('Name of a question: of the gateway’s own, or of `questions.directory`.'),
  variables: z.record(z.string().min(1), z.unknown()).default({}),
  condition: condition.describe('When its answer is worth telling.'),
  path: z
    .string()
    .regex(/^\w+(\.\w+)*$/, 'expected names of fields with dots between them')
    .optional()
    .describe('The list that is counted and compared; default: the first list of the answer.'),
  viewer: z
    .string()
    .min(1)
    .optional()
    .describe('Whose sources it sees: name of a key in mode "api-key", of a tenant in mode "jwt".'),
  webhooks: webhookList.default([]),
});

/** Questions that are asked again when a reading changed something, and whose answers are told. */
export const watchList = z.array(watch).superRefine((list, context) => {
  const names = list.map(({ name }) => name);
  for (const [index, first] of repeats(names)) {
    const message = `expected a unique name, got ${JSON.stringify(names[index])}, as watches[${first}] has`;
    addProblem(context, [index, 'name'], message);
  }
});

interface Surroundings {
  readonly watches: readonly { readonly viewer?: string | undefined }[];
  readonly index: { readonly enabled: boolean };
  readonly auth: {
    readonly mode: string;
    readonly keys: readonly { readonly name: string }[];
    readonly tenants: Readonly<Record<string, unknown>>;
  };
}

/** Reports what other sections do not allow. */
export const checkWatches = ({ watches, index, auth }: Surroundings, context: z.core.$RefinementCtx): void => {
  if (watches.length === 0) return;
  if (!index.enabled) addProblem(context, ['watches'], 'expected index.enabled with watches, got false');
  if (auth.mode === 'passthrough')
    addProblem(context, ['watches'], 'expected none in auth mode "passthrough": only callers have keys there');
  const kind = auth.mode === 'api-key' ? 'key' : 'tenant';
  const viewers = kind === 'key' ? auth.keys.map(({ name }) => name) : Object.keys(auth.tenants);
  for (const [i, { viewer }] of watches.entries()) {
    const problem = viewerProblem(auth.mode, viewer, { kind, viewers });
    if (problem) addProblem(context, ['watches', i, 'viewer'], problem);
  }
};

const viewerProblem = (
  mode: string,
  viewer: string | undefined,
  { kind, viewers }: { readonly kind: string; readonly viewers: readonly string[] },
): string | null => {
  const got = viewer === undefined ? 'nothing' : JSON.stringify(viewer);
  const isNone = mode === 'none' || mode === 'passthrough' || (mode === 'jwt' && viewers.length === 0);
  if (isNone) return viewer === undefined ? null : `expected none where callers are not told apart, got ${got}`;
  if (viewer !== undefined && viewers.includes(viewer)) return null;
  return `expected the name of a ${kind} (${viewers.join(', ')}), got ${got}`;
};
