import type { ServerResponse } from 'node:http';
import type { ReplicasStatus } from '#cluster/replicas.ts';
import type { SourceSet } from '#sources/source-set.ts';

const send = (response: ServerResponse, status: number, body: unknown): void => {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body));
};

/** The process runs. */
export const answerHealthz = (response: ServerResponse): void => send(response, 200, { status: 'ok' });

export interface Readiness {
  readonly sources: SourceSet;
  readonly isDraining: boolean;
  readonly replicas: ReplicasStatus | undefined;
}

/**
 * Whether the gateway accepts traffic: always, except while it shuts down. Without a source or Redis it still answers, with less, so
 * that is reported as `degraded` with status 200. Sources are named only with `isDetailed`.
 */
export const answerReadyz = (
  response: ServerResponse,
  { sources, isDraining, replicas }: Readiness,
  isDetailed: boolean,
): void => {
  const health = Object.fromEntries(sources.all.map((source) => [source.name, source.client.status().health]));
  const isPartial = Object.values(health).some((state) => state !== 'OK' && state !== 'UNKNOWN');
  const isDegraded = isPartial || replicas?.mode === 'alone';
  send(response, isDraining ? 503 : 200, {
    status: isDraining ? 'draining' : isDegraded ? 'degraded' : 'ready',
    ...(isDetailed && { sources: health, ...(replicas && { replicas }) }),
  });
};
