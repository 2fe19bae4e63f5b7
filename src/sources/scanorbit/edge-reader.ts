import type { ResourceEdge } from '#entities/dependency/model.ts';
import type { ResourceModel } from '#entities/resource/model.ts';
import type { Progress } from '#inventory/snapshot/build-snapshot.ts';
import { inTurns } from '#inventory/snapshot/read-whole-list.ts';
import { UpstreamError } from '#lib/gateway-error.ts';
import type { CloudClient } from '../cloud-client.ts';
import type { Scope } from '../transport/scope.ts';
import { UpstreamServerError } from '../transport/upstream-errors.ts';

/** Services whose resources never have outgoing edges: one call each is saved. An unknown service is asked; groups may name each other. */
const WITHOUT_EDGES = new Set([
  'iam',
  'iam_user',
  'iam_role',
  'iam_policy',
  'iam_access_key',
  'kms',
  'kms_key',
  'eip',
  'cloudwatch_logs',
  'rds_snapshot',
  'acm',
]);

export const mayHaveEdges = (resource: Pick<ResourceModel, 'service'>): boolean => !WITHOUT_EDGES.has(resource.service);

const AT_ONCE = 2;
/** Resources whose edges failed before and are asked for again at one refresh. */
const MOST_RETRIED = 5;

/**
 * Asks for the edges of resources, one call each. A resource whose edges cannot be read is left out, and asked about
 * after all others from then on; a source that fails as a whole ends the reading.
 */
export class EdgeReader {
  readonly #client: CloudClient;
  readonly #failed = new Set<string>();

  constructor(client: CloudClient) {
    this.#client = client;
  }

  /** Those of `missing` to ask at this refresh; of those that are known to fail only some, wherever the turn begins. */
  toAsk(missing: readonly ResourceModel[], knownUnread: readonly string[]): readonly ResourceModel[] {
    for (const id of knownUnread) this.#failed.add(id);
    const doubtful = missing.filter(({ id }) => this.#failed.has(id));
    const from = Math.floor(Math.random() * doubtful.length);
    const retried = [...doubtful.slice(from), ...doubtful.slice(0, from)].slice(0, MOST_RETRIED);
    return [...missing.filter(({ id }) => !this.#failed.has(id)), ...retried];
  }

  /** Puts what it learns into `edges`. @throws UpstreamError when the source fails as a whole. */
  async read(
    rows: readonly ResourceModel[],
    edges: Map<string, readonly ResourceEdge[]>,
    progress: Progress,
    scope: () => Scope,
  ): Promise<void> {
    progress.plan(rows.length);
    const ask = async (row: ResourceModel): Promise<void> => {
      try {
        edges.set(row.id, await this.#client.dependencies(row, scope()));
        this.#failed.delete(row.id);
      } catch (error) {
        if (!isOfOneRow(error) && !(this.#failed.has(row.id) && isOutage(error))) throw error;
        this.#failed.add(row.id);
      }
      progress.did();
    };
    const isDoubtful = ({ id }: ResourceModel): boolean => this.#failed.has(id);
    const doubtful = rows.filter(isDoubtful);
    await inTurns(
      rows.filter((row) => !isDoubtful(row)),
      AT_ONCE,
      ask,
    );
    await inTurns(doubtful, AT_ONCE, ask);
  }
}

/** The source answered, with nothing that could be used, or not in time: others may fare better. A row after row like that opens the circuit. */
const isOfOneRow = (error: unknown): boolean =>
  error instanceof UpstreamServerError ||
  (error instanceof UpstreamError &&
    (error.code === 'UPSTREAM_INVALID_RESPONSE' ||
      error.code === 'UPSTREAM_FORBIDDEN' ||
      (error.code === 'UPSTREAM_TIMEOUT' && error.details.phase !== 'deadline')));

const isOutage = (error: unknown): boolean => error instanceof UpstreamError && error.code === 'UPSTREAM_UNAVAILABLE';
