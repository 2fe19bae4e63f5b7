import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { configSchema } from '#sources/kinds.ts';
import { settingPaths } from '../../support/setting-paths.ts';

/** Who reads each setting, below src/. A setting that nobody reads has no place in the schema. */
const READERS: Readonly<Record<string, readonly string[]>> = {
  'cli/check.ts': ['sources[].name', 'sources[].url', 'sources[].apiKey', 'index.enabled', 'limits.operationTimeoutMs'],
  'sources/open-source.ts': ['sources[].kind', 'index.enabled', 'index.refreshSeconds', 'index.directory'],
  'sources/transport-options.ts': [
    ...['limit', 'windowSeconds', 'ratePerSecond', 'burst', 'reserve', 'concurrency', 'queue'].map(
      (key) => `sources[].budget.${key}`,
    ),
  ],
  'sources/transport/call-timeouts.ts': ['headersMs', 'bodyMs', 'callMs'].map((key) => `sources[].timeouts.${key}`),
  'server/http/listen.ts': ['server.host', 'server.port'],
  'server/threads/answering-threads.ts': ['server.threads'],
  'config/config.ts': ['server.profile'],
  'cli/serve.ts': ['server.reload'],
  'server/http/http-handler.ts': ['server.graphiql', 'server.explorer'],
  'server/plugins/use-limits.ts': [
    ...['server.introspection', 'limits.tokens', 'limits.depth', 'limits.aliases', 'limits.directives'],
  ],
  'server/create-yoga.ts': [
    ...['server.fieldSuggestions', 'limits.listSize', 'persisted.trustedOnly'],
    ...['limits.cost.scanorbit', 'limits.cost.scanopy'],
  ],
  'server/operation-context.ts': ['server.allowCacheBypass', 'limits.operationTimeoutMs'],
  'server/http/cross-origin.ts': ['server.cors.origins', 'server.cors.credentials', 'server.queriesOverGet'],
  'server/http/operator-pages.ts': ['open', 'port', 'host', 'token'].map((key) => `server.operator.${key}`),
  'server/create-gateway.ts': [...['server.shutdownGraceMs', 'federation.enabled'], ...['persisted.automaticBytes']],
  'server/create-serving.ts': ['cache.keptAnswersBytes', 'mcp.enabled', 'questions.directory'],
  'server/auth/create-authenticator.ts': ['auth.mode', 'auth.keys[].name', 'auth.keys[].sha256', 'auth.keys[].tenant'],
  'server/http/open-network.ts': ['auth.allowOpenNetwork'],
  'server/auth/jwt.ts': ['jwksUrl', 'issuer', 'audience', 'tenantClaim'].map((key) => `auth.jwt.${key}`),
  'server/auth/viewer.ts': ['auth.tenants.<name>.sources'],
  'server/plugins/use-rate-limit.ts': ['limits.rate.operations', 'limits.rate.windowSeconds'],
  'server/documents/known-documents.ts': ['persisted.manifest', 'persisted.automatic'],
  'sources/create-sources.ts': ['cache.maxBytes'],
  'server/http/answer-operation.ts': ['server.compressFromBytes', 'limits.bodyBytes'],
  'server/http/answer-mcp.ts': ['mcp.runQuery', 'mcp.answerBytes'],
  'inventory/correlation/rules/manual.ts': [
    ...['correlation.links[].host', 'correlation.links[].resource', 'correlation.hostIdTag'],
    ...['correlation.denials[].host', 'correlation.denials[].resource', 'correlation.notHostIdTag'],
  ],
  'inventory/correlation/rules/addresses.ts': ['correlation.addressTags'],
  'inventory/correlation/network-scope.ts': ['correlation.vpcsOfNetwork.<name>'],
  'inventory/correlation/rules/names.ts': ['correlation.genericNames'],
  'graphql/federation/subgraph.ts': ['federation.nodeFields', 'federation.typePrefix'],
  'subscriptions/polling.ts': ['subscriptions.busyPollSeconds', 'subscriptions.idlePollSeconds'],
  'server/open-history.ts': ['history.enabled', 'history.url'],
  'watches/define-watches.ts': [
    ...['watches[].name', 'watches[].operation', 'watches[].variables.<name>', 'watches[].condition'],
    ...['watches[].path', 'watches[].viewer'],
  ],
  'watches/webhooks/send-webhook.ts': ['url', 'secret', 'allowPrivate', 'timeoutMs'].map(
    (key) => `watches[].webhooks[].${key}`,
  ),
  'watches/webhooks/webhook-queue.ts': ['watches[].webhooks[].attempts'],
  'history/history-recorder.ts': ['history.retentionDays', 'history.maxBytes'],
  'server/join-replicas.ts': ['redis.url', 'redis.keyPrefix', 'redis.replicas'],
  'server/observability/logger.ts': ['log.level'],
  'server/plugins/observe-operations.ts': ['tracing.endpoint'],
  'server/observability/open-telemetry.ts': ['tracing.serviceName', 'tracing.sampleRatio'],
};

const COMMENTS = /\/\*[\s\S]*?\*\/|\/\/.*$/gm;

const codeOf = (file: string): string =>
  readFileSync(new URL(`../../../src/${file}`, import.meta.url), 'utf8').replaceAll(COMMENTS, '');

/** `apiKey` of `sources[].apiKey`; `vpcsOfNetwork` of `correlation.vpcsOfNetwork.<name>`; `cost` of a limit of each kind of source. */
const nameOf = (path: string): string =>
  path
    .replace(/\.<name>$/, '')
    .replace(/^limits\.cost\..*$/, 'cost')
    .replace(/^.*\./, '');

it('every setting is read by the file that is listed here', () => {
  const unread = Object.entries(READERS).flatMap(([file, paths]) =>
    paths.filter((path) => !new RegExp(`\\b${nameOf(path)}\\b`).test(codeOf(file))).map((path) => `${path} in ${file}`),
  );
  expect(unread).toEqual([]);
});

it('no setting is without a reader, and no reader without its setting', () => {
  const told = [...new Set(Object.values(READERS).flat())];
  expect(told.toSorted()).toEqual(settingPaths(configSchema).toSorted());
});
