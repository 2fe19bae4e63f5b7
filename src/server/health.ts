import type { ServerResponse } from 'node:http';
import type { ReplicasStatus } from '#replicas/replicas.ts';
import type { SourceSet } from '#sources/source-set.ts';

const send = (response: ServerResponse, status: number, body: unknown): void => {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body));
};

/** The process runs. */
export const answerHealthz = (response: ServerResponse): void => send(response, 200, { status: 'ok' });

/**
 * Whether to send traffic here: yes unless shutting down. A source that is down degrades answers, it does not end them, so
 * it is told and not counted. The same holds for Redis.
 */
export const answerReadyz = (
  response: ServerResponse,
  sources: SourceSet,
  isDraining: boolean,
  replicas?: ReplicasStatus,
): void => {
  const health = Object.fromEntries(sources.all.map((source) => [source.name, source.client.status().health]));
  const isPartial = Object.values(health).some((state) => state !== 'OK' && state !== 'UNKNOWN');
  const isDegraded = isPartial || replicas?.mode === 'alone';
  send(response, isDraining ? 503 : 200, {
    status: isDraining ? 'draining' : isDegraded ? 'degraded' : 'ready',
    sources: health,
    ...(replicas && { replicas }),
  });
};
