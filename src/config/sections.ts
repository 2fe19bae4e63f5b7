import { z } from 'zod';
import { addProblem, secret } from './values.ts';

/** Operations that clients name by a hash instead of sending them. Switches left out follow the profile. */
export const persistedOptions = z
  .strictObject({
    manifest: z
      .string()
      .min(1)
      .nullable()
      .default(null)
      .describe('JSON file of documents by hash, as GraphQL Code Generator’s client preset writes it.'),
    trustedOnly: z.boolean().optional().describe('Runs nothing but the documents of the manifest.'),
    automatic: z.boolean().optional().describe('Remembers documents by the SHA-256 that came with them (APQ).'),
    automaticBytes: z
      .int()
      .min(1000)
      .max(1_000_000_000)
      .default(4_000_000)
      .describe('Most memory for remembered documents; the ones unused longest are forgotten.'),
  })
  .superRefine(({ manifest, trustedOnly, automatic }, context) => {
    if (trustedOnly && manifest === null)
      addProblem(context, ['manifest'], 'expected a file with trustedOnly, got nothing');
    if (trustedOnly && automatic) addProblem(context, ['automatic'], 'expected false with trustedOnly, got true');
  })
  .prefault({});

export const cacheOptions = z
  .strictObject({
    maxBytes: z
      .int()
      .min(0)
      .max(64_000_000_000)
      .default(128_000_000)
      .describe('Approximate size of cached answers; 0 turns the cache off.'),
    keptAnswersBytes: z
      .int()
      .min(0)
      .max(64_000_000_000)
      .default(64_000_000)
      .describe('Approximate size of finished answers that are kept, to be sent again while they hold; 0 keeps none.'),
  })
  .prefault({});

/** Largest answer of a tool, unless set: some 5,000 tokens. */
export const ANSWER_BYTES = 20_000;

/** Tools for assistants at `/mcp`. Switches left out follow the profile. */
export const mcpOptions = z
  .strictObject({
    enabled: z.boolean().optional().describe('Serve the Model Context Protocol at `/mcp`.'),
    runQuery: z.boolean().optional().describe('Offer the tool that runs queries of the assistant’s own.'),
    answerBytes: z
      .int()
      .min(1000)
      .max(10_000_000)
      .default(ANSWER_BYTES)
      .describe('Largest answer of a tool; longer lists are cut, with a notice.'),
  })
  .prefault({});

/** Queries that are asked by name, beside those that come with the gateway. */
export const questionOptions = z
  .strictObject({
    directory: z.string().min(1).nullable().default(null).describe('Folder of `.graphql` files, one query each.'),
  })
  .prefault({});

/** The index: a snapshot of every source, read in the background. */
export const indexOptions = z
  .strictObject({
    enabled: z.boolean().default(true),
    refreshSeconds: z
      .int()
      .min(5)
      .max(86_400)
      .default(300)
      .describe('Least time between two readings of a source. An index that is not used is not refreshed.'),
    directory: z
      .string()
      .min(1)
      .nullable()
      .default('.inventory')
      .describe('Where snapshots are kept between runs, so that a restart costs no requests. null: nowhere.'),
  })
  .prefault({});

/** What was: versions of everything that the index has read. */
export const historyOptions = z
  .strictObject({
    enabled: z.boolean().default(true).describe('Without a URL and a directory of the index, none is kept.'),
    url: secret
      .refine((url) => /^postgres(ql)?:\/\//.test(url.reveal()), 'expected a postgres:// or postgresql:// URL')
      .nullable()
      .default(null)
      .describe('PostgreSQL, which processes share; may hold a password. null: a file beside the snapshots.'),
    retentionDays: z
      .number()
      .positive()
      .max(3650)
      .default(400)
      .describe('What ended longer ago is forgotten; what is so now stays.'),
    maxBytes: z
      .int()
      .min(1_000_000)
      .default(2_000_000_000)
      .describe('Where it would be larger, the oldest is forgotten earlier.'),
  })
  .prefault({});

const text = z.string().min(1);
const pair = z.strictObject({
  host: text.describe('The host’s own id at its source.'),
  resource: text.describe('The resource’s own id at its source, its ARN, or its AWS id.'),
});

/** What only an operator knows about which host is which cloud resource. */
export const correlationOptions = z
  .strictObject({
    links: z.array(pair).default([]).describe('These are the same; wins over every rule.'),
    denials: z.array(pair).default([]).describe('These are not the same; wins over every rule.'),
    hostIdTag: text.default('scanopy:host-id').describe('AWS tag whose value is the id of the resource’s host.'),
    notHostIdTag: text.default('scanopy:not-host-id').describe('AWS tag naming a host that the resource is not.'),
    addressTags: z.array(text).default(['private-ip']).describe('AWS tags that hold the machine’s private address.'),
    vpcsOfNetwork: z
      .record(text, z.array(z.string().regex(/^vpc-[0-9a-f]{8,17}$/, 'expected an id such as vpc-0123456789abcdef0')))
      .default({})
      .describe('Which VPCs a network sees, by the network’s own id. Others learn theirs from sure links.'),
    genericNames: z.array(text).default([]).describe('Names that identify nothing, beside the built-in ones.'),
  })
  .prefault({});

/** How the graph shows itself to a federated supergraph; off, the plain schema is served. */
export const federationOptions = z
  .strictObject({
    enabled: z.boolean().default(false).describe('Serves `_entities` and `_service`, for routers and composers.'),
    nodeFields: z.boolean().default(true).describe('False leaves `node` and `nodes` to another subgraph.'),
    typePrefix: z
      .string()
      .regex(/^([A-Z][A-Za-z0-9]*)?$/, 'expected a prefix such as "Inventory": letters and digits, a capital first')
      .default('')
      .describe('Put before the names of types that other subgraphs could also want (`Service`, `Network`, …).'),
  })
  .prefault({});

const seconds = z.number().min(0.01).max(3600);

/** Live data. Sources are polled only while there are subscribers, and equally often for any number of them. */
export const subscriptionOptions = z
  .strictObject({
    busyPollSeconds: seconds
      .default(10)
      .describe('Between two polls of a source while a scan or discovery is running.'),
    idlePollSeconds: seconds.default(30).describe('Between two polls of a source while none is running.'),
  })
  .prefault({});

/** Redis, through which several gateways over the same sources keep one upstream limit together. */
export const redisOptions = z
  .strictObject({
    url: secret
      .refine((url) => /^rediss?:\/\//.test(url.reveal()), 'expected a redis:// or rediss:// URL')
      .nullable()
      .default(null)
      .describe('Valkey or Redis; may hold a password. null: every process is on its own.'),
    keyPrefix: z
      .string()
      .regex(/^[\w.-]+$/, 'expected letters, digits, "_", "-" and "."')
      .default('inventory')
      .describe('Put before every key: gateways that share one must share configuration too.'),
    replicas: z
      .int()
      .min(1)
      .max(64)
      .optional()
      .describe('Gateways that divide the budget when Redis is lost; default: as many as were last seen.'),
  })
  .prefault({});

export const logOptions = z
  .strictObject({ level: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info') })
  .prefault({});

/** OpenTelemetry traces; none without an endpoint. */
export const tracingOptions = z
  .strictObject({
    endpoint: z
      .url({ protocol: /^https?$/ })
      .optional()
      .describe('Base URL of an OTLP/HTTP collector; traces go to /v1/traces below it.'),
    serviceName: z.string().min(1).default('inventory-gateway'),
    sampleRatio: z.number().min(0).max(1).default(1).describe('Share of operations traced, unless the caller decided.'),
  })
  .prefault({});
