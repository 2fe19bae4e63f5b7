import type { DiscoveryModel, DiscoverySessionModel } from '#entities/discovery/model.ts';
import { mendedPage } from '#lib/lists/mended-page.ts';
import type { ListPage } from '#lib/sliced-list.ts';
import type { Scope } from '../transport/scope.ts';
import type { Transport } from '../transport/transport.ts';
import type { ApiVersion } from './api-version.ts';
import { type PagedSource, type Parameters, upstreamList } from './list-reader.ts';
import type { VersionedClient } from './versioned-client.ts';
import { Reading } from './wire-answer.ts';
import { readSession } from './wire-discovery.ts';

type Row = DiscoveryModel | null;

/** Older servers order by creation only; late ones put the newest first by themselves, too. */
const parameters = ({ lateParameters }: ApiVersion): Parameters =>
  lateParameters
    ? [
        ['order_by', 'created_at'],
        ['order_direction', 'desc'],
      ]
    : [];

/**
 * A page of configurations and runs, newest first. The list grows without bound, so it is never read whole: where the server
 * has the oldest first, the page is cut from its end, which takes the first page (for the total) and at most two more.
 */
export const discoveryPage = async (
  versionedClient: VersionedClient,
  source: PagedSource<DiscoveryModel>,
  page: number,
  scope: Scope,
): Promise<ListPage<DiscoveryModel>> => {
  const list = upstreamList({ versionedClient, source, parameters, scope });
  const read = (index: number) => mendedPage(list, index);
  const first = await read(0);
  if (first.total === 0 || isNewestFirst(first.rows)) {
    const answer = page === 0 ? first : await read(page);
    return { ...answer, rows: newestFirst(answer.rows) };
  }
  const size = source.pageSize;
  const end = Math.max(0, first.total - page * size);
  const start = Math.max(0, end - size);
  if (end === 0) return { rows: [], total: first.total };
  const from = Math.floor(start / size);
  const pages = await Promise.all(
    Array.from({ length: Math.ceil(end / size) - from }, (_, i) => (from + i === 0 ? first : read(from + i))),
  );
  const rows = pages.flatMap((of) => of.rows).slice(start - from * size, end - from * size);
  const sum = (count: 'invalid' | 'missing') => pages.reduce((n, of) => n + (of[count] ?? 0), 0);
  return { rows: newestFirst(rows), total: first.total, invalid: sum('invalid'), missing: sum('missing') };
};

/** Judged by the rows: which version began to order this way is not known. */
const isNewestFirst = (rows: readonly Row[]): boolean => {
  const known = rows.filter((row) => row !== null);
  const [head, tail] = [known.at(0), known.at(-1)];
  return head !== undefined && tail !== undefined && instant(head) >= instant(tail);
};

/** Rows of one instant in the order of their ids, so that every version shows them alike. */
const newestFirst = (rows: readonly Row[]): readonly Row[] =>
  [...rows].sort((left, right) => {
    if (!left || !right) return Number(!left) - Number(!right);
    if (instant(left) !== instant(right)) return instant(left) > instant(right) ? -1 : 1;
    return left.id < right.id ? -1 : Number(left.id > right.id);
  });

/** UTC instants compare as text once the `Z` is gone, whatever their number of fractional digits. */
const instant = ({ createdAt }: DiscoveryModel): string => createdAt.replace(/Z$/i, '');

const PATH = '/api/v1/discovery/stream';

/** See {@link NetworkClient.sessionStream}. An upgrade of the server ends its streams, so one version gives all of a stream. */
export const sessionStream = async (
  versionedClient: VersionedClient,
  transport: Transport,
  scope: Scope,
): Promise<AsyncIterable<DiscoverySessionModel>> => {
  const { adapter } = await versionedClient.apiVersion(scope);
  const frames = await transport.stream({ endpoint: PATH, path: PATH }, scope);
  return sessions();

  async function* sessions(): AsyncGenerator<DiscoverySessionModel> {
    for await (const frame of frames) yield* new Reading(transport.source, adapter).children([frame], readSession);
  }
};
